import { createHash } from 'node:crypto';
import { type ResultDocument, resultDocument } from '#domain/syncs/result-document.ts';
import type { Bundle } from './bundle.ts';
import { Fault } from './fault.ts';
import type { Answered } from './item-story.ts';
import { parsed } from './plain-json.ts';

type Batch = NonNullable<Bundle['batch']>;

/** The results objects of a batch, each checked against its row, with the number of that row. */
export function readResults(
  { rows, sync_id, outside_token }: Pick<Bundle, 'rows' | 'sync_id' | 'outside_token'>,
  batch: Batch,
): Answered[] {
  const told = rows.filter(({ system, action }) => system === 'lockstep' && action === 'results');
  for (const [i, row] of told.entries()) {
    const result = batch.results[i];
    const words = `the results of ${row.result} (row ${row.seq})`;
    if (!result) throw new Fault(`${words} were dropped`);
    if (result.digest !== row.object || result.phase !== row.result)
      throw new Fault(`${words} were exchanged for others, ${result.phase} ${result.digest}`);
    if (result.text === undefined) throw new Fault(`${words} are not in the bundle: the object was gone`);
    if (sha256(result.text) !== result.digest)
      throw new Fault(`${words} were changed: the object comes to another digest`);
  }
  const more = batch.results[told.length];
  if (more) throw new Fault(`results of ${more.phase} were added: no row names them`);
  return batch.results.map((result, i) => ({
    ...documentOf(result, { sync_id, outside_token, batch }),
    seq: told[i]!.seq,
  }));
}

function documentOf(
  { digest, text, phase }: Batch['results'][number],
  of: Pick<Bundle, 'sync_id' | 'outside_token'> & { batch: Batch },
): ResultDocument {
  const words = `the results of ${phase} (${digest.slice(0, 16)}…)`;
  const read = resultDocument.safeParse(parsed(text ?? '', words));
  if (!read.success) throw new Fault(`${words} cannot be read: ${read.error.issues[0]?.path.join('.')}`);
  const { data } = read;
  const same = (['count', 'amount_minor', 'digest', 'root'] as const).every(
    (name) => data.batch[name] === of.batch[name],
  );
  if (data.sync_id !== of.sync_id || data.outside_token !== of.outside_token || data.phase !== phase || !same)
    throw new Fault(`${words} are of another batch, or of another sync`);
  return data;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
