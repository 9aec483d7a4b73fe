import type { DeadLetterRecord } from '#domain/relay/dead-letters.ts';
import { type DeadLetter, giveBack, takeDeadLetters } from './dead-letter-queues.ts';
import type { Tools } from './tools.ts';

/** The dead letters to select: of one queue (or `relay`), of one tenant. */
export type Wanted = { from?: string | undefined; tenant?: string | undefined };

/** The parked records that were not redriven, oldest first. */
export async function parkedRecords(
  { scanParked }: Tools,
  { from, tenant }: Wanted,
): Promise<DeadLetterRecord[]> {
  const conditions = [
    'attribute_not_exists(#redrivenAt)',
    ...(from ? ['#from = :from'] : []),
    ...(tenant ? ['#pk = :tenant'] : []),
  ];
  const values = { ...(from && { from }), ...(tenant && { tenant }) };
  const records: DeadLetterRecord[] = [];
  for await (const items of scanParked({ filter: conditions.join(' AND '), values }))
    records.push(...(items as DeadLetterRecord[]));
  return records.sort((a, b) => a.at.localeCompare(b.at));
}

export type Dead = DeadLetter & { from: string; url: string; deadLetters: string };

/**
 * Runs over the selected dead letters while they are invisible. Those that `run` does not take
 * become visible again, also after an error.
 */
export async function withDeadLetters<T>(
  tools: Tools,
  { from, tenant }: Wanted,
  run: (dead: Dead[]) => Promise<{ value: T; taken: Dead[] }>,
): Promise<T> {
  const dead: Dead[] = [];
  const taken = new Set<Dead>();
  try {
    const looked = Object.entries(tools.queueUrls).map(async ([name, { url, deadLetters }]) => {
      if (from && from !== name) return;
      for await (const letter of takeDeadLetters(tools.sqs, deadLetters))
        dead.push({ ...letter, from: name, url, deadLetters });
    });
    await Promise.allSettled(looked); // all invisible messages must be known before any is given back
    await Promise.all(looked);
    const ran = await run(dead.filter((letter) => !tenant || letter.tenant === tenant));
    for (const letter of ran.taken) taken.add(letter);
    return ran.value;
  } finally {
    const staying = Map.groupBy(
      dead.filter((letter) => !taken.has(letter)),
      ({ deadLetters }) => deadLetters,
    );
    for (const [url, letters] of staying) await giveBack(tools.sqs, url, letters);
  }
}
