import { parseKey } from '#domain/keys.ts';
import { partsOf } from '#domain/syncs/ledger/minutes.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Head } from './checkpoint.ts';

/** The head of each page recorded in a minute, as far as the index shows them. */
export async function recordedHeads(ledger: AppendOnly, minute: string): Promise<Head[]> {
  return (await Promise.all(partsOf(minute).map((part) => headsOfPart(ledger, part)))).flat();
}

const headsOfPart = (ledger: AppendOnly, part: string): Promise<Head[]> =>
  Array.fromAsync(
    everyItem((from) => ledger.queryRecorded({ label: 'read-recorded', pk: part, ...from })),
    ({ pk, sk, seq, head }) => ({
      outside_token: parseKey({ pk, sk }).id,
      seq: Number(seq),
      head: String(head),
    }),
  );

/** The latest head of each sync, sorted by outside token. */
export function latestHeads(heads: Head[]): Head[] {
  const found = new Map<string, Head>();
  for (const head of heads) {
    const known = found.get(head.outside_token);
    if (!known || known.seq < head.seq) found.set(head.outside_token, head);
  }
  return [...found.values()].sort((one, other) => (one.outside_token < other.outside_token ? -1 : 1));
}
