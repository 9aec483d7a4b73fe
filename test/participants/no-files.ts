import type { Lines } from '#systems/contract.ts';

/** For whoever speaks HTTP alone. */
export const noFiles: Lines['sftp'] = () => Promise.reject(new Error('There are no files here'));
