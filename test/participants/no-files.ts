import type { Line } from '#systems/protocol.ts';

/** For whoever speaks HTTP alone. */
export const noFiles: Line['sftp'] = () => Promise.reject(new Error('There are no files here'));
