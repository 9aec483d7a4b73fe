import type { Adapter } from '#domain/participants/line.ts';
import { byPhase } from '#systems/protocol.ts';
import { fileExchangeOn } from './exchange.ts';
import type { FileCalls } from './sftp-line.ts';
import type { Time } from './write-file.ts';

/** One session in the system's folder for each phase. */
export function fileAdapterOn(time: Time): Adapter<FileCalls> {
  const exchange = fileExchangeOn(time);
  return {
    ...byPhase(
      (phase): Adapter<FileCalls>[typeof phase] =>
        (ask, { sftp }) =>
          sftp(ask, phase, (folder) => exchange[phase](ask, folder)),
    ),
    query: (ask, { sftp }) => sftp(ask, 'query', (folder) => exchange.query(ask, folder)),
  };
}
