import { type FileAdapter, fileParticipant, files } from '#wiring/files.ts';

/**
 * Any system that reads fixed-width files from a folder over SFTP and puts its answers beside
 * them. Layout, time limits and secrets are in its manifest.
 */
export const adapter: FileAdapter = {
  prepare: (ask, { sftp }) => sftp(ask, 'prepare', (folder) => files.prepare(ask, folder)),
  commit: (ask, { sftp }) => sftp(ask, 'commit', (folder) => files.commit(ask, folder)),
  rollback: (ask, { sftp }) => sftp(ask, 'rollback', (folder) => files.rollback(ask, folder)),
  query: (ask, { sftp }) => sftp(ask, 'query', (folder) => files.query(ask, folder)),
};

export const handler = fileParticipant(adapter);
