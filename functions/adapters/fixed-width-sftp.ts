import { fileAdapter, fileParticipant } from '#wiring/files.ts';

/**
 * Any system that reads fixed-width files from a folder over SFTP and puts its answers beside
 * them. Layout, time limits and secrets are in its manifest.
 */
export const adapter = fileAdapter;

export const handler = fileParticipant(adapter);
