import { minuteAfter, minuteOf } from '#domain/syncs/ledger/minutes.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import type { Signer } from '#lib/aws/signer.ts';
import type { Clock } from '#lib/clock.ts';
import { noHash } from '#lib/proof/hash-chain.ts';
import { type Head, idOf } from './checkpoint.ts';
import { headsUnder, lateMinutes, newestCheckpoints, type Signed } from './checkpoints.ts';
import { keepCheckpoint } from './keep-checkpoint.ts';
import { latestHeads, recordedHeads } from './recorded-heads.ts';

/** `origin`: the first line of each checkpoint, naming the ledger. */
export type Tools = { ledger: AppendOnly; clock: Clock; signer: Signer; origin: string };
export type Turn = { made: number; upTo: string };

/** Most minutes per run; after an outage the next run continues where this one stopped. */
export const mostMinutes = 30;
const turnMs = 8_000;

/**
 * Makes a checkpoint for each minute with pages, up to the last but one, since pages of the last
 * may be in flight. Empty minutes make none; but the first run and half an hour of them make one,
 * so that later runs need not read them again.
 */
export async function makeCheckpoints(tools: Tools): Promise<Turn> {
  const { ledger, clock, origin } = tools;
  const began = clock.now();
  const closed = minuteAfter(minuteOf(began), -2);
  let last = (await newestCheckpoints(ledger, 1))[0];
  const minutes = minutesFrom(
    last ? minuteAfter(last.said.minute) : minuteAfter(closed, 1 - mostMinutes),
    closed,
  );
  const late = last && minutes[0] ? await lateHeads(ledger, minutes[0]) : [];
  const turn: Turn = { made: 0, upTo: last?.said.minute ?? '' };
  for (const minute of minutes) {
    const heads = latestHeads([
      ...(minute === minutes[0] ? late : []),
      ...(await recordedHeads(ledger, minute)),
    ]);
    const keepsPlace = minute === minutes.at(-1) && minutes.length === mostMinutes && turn.made === 0;
    if (heads.length === 0 && !keepsPlace) continue;
    const kept: Signed | undefined = await keepCheckpoint({ origin, minute, ...behind(last) }, heads, tools);
    if (!kept) return turn;
    last = kept;
    turn.made += 1;
    turn.upTo = minute;
    if (clock.now() - began > turnMs) return turn;
  }
  return turn;
}

const behind = (last: Signed | undefined) =>
  last ? { number: last.said.number + 1, prev: idOf(last.text) } : { number: 1, prev: noHash };

function minutesFrom(first: string, closed: string): string[] {
  const minutes = Array.from({ length: mostMinutes }, (_, i) => minuteAfter(first, i));
  return minutes.filter((minute) => minute <= closed);
}

/** Heads of closed minutes that no checkpoint has: written, or shown by the index, too late. */
async function lateHeads(ledger: AppendOnly, first: string): Promise<Head[]> {
  const closed = Array.from({ length: lateMinutes }, (_, i) => minuteAfter(first, i - lateMinutes));
  const heads = latestHeads(
    (await Promise.all(closed.map((minute) => recordedHeads(ledger, minute)))).flat(),
  );
  if (heads.length === 0) return [];
  const theirs = (await newestCheckpoints(ledger, lateMinutes)).filter(
    ({ said }) => said.minute >= closed[0]!,
  );
  const covered = new Map(
    latestHeads((await Promise.all(theirs.map(({ said }) => headsUnder(ledger, said.root)))).flat()).map(
      (head) => [head.outside_token, head.seq],
    ),
  );
  return heads.filter(({ outside_token, seq }) => (covered.get(outside_token) ?? 0) < seq);
}
