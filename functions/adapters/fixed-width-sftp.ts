import { files, sftp } from '#wiring/files.ts';
import { type Adapter, participant } from '#wiring/participants.ts';

/**
 * Any system that reads fixed-width files from a folder over SFTP and puts its answers beside
 * them. Layout, time limits and secrets are in its manifest.
 */
export const adapter: Adapter = {
  prepare: (ask, lines) => lines.sftp(ask, 'prepare', (folder) => files.prepare(ask, folder)),
  commit: (ask, lines) => lines.sftp(ask, 'commit', (folder) => files.commit(ask, folder)),
  rollback: (ask, lines) => lines.sftp(ask, 'rollback', (folder) => files.rollback(ask, folder)),
  query: (ask, lines) => lines.sftp(ask, 'query', (folder) => files.query(ask, folder)),
};

export const handler = participant(adapter, { sftp });
