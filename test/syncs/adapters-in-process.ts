import { filesOn } from '#domain/participants/files.ts';
import { participantOn } from '#domain/participants/participant.ts';
import type { Tools } from '#domain/syncs/conduct.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import { fileAdapter } from './file-office.ts';

type Around = Omit<Parameters<typeof participantOn>[1], 'tell'>;

/** What conductors ask with: the adapters, each by its name, in the time of those who ask. */
export function adaptersInProcess(around: Around): Tools['ask'] {
  const tools = { ...around, tell: () => {} };
  const files = filesOn({ now: around.now, wait: around.batches.wait });
  const adapters = new Map([
    ['rest', participantOn(rest, tools)],
    ['fixed-width-sftp', participantOn(fileAdapter(files), tools)],
  ]);
  return ({ system: { name, digest, adapter }, ...asked }) => {
    const ask = adapters.get(adapter);
    if (!ask) throw new Error(`There is no adapter ${adapter}`);
    return ask({ ...asked, system: name, digest });
  };
}
