import type { Line } from '#systems/protocol.ts';

/** The file line of a test over HTTP alone. */
export const noFiles: Line['sftp'] = () => Promise.reject(new Error('There are no files here'));
