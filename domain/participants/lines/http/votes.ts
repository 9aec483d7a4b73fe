import type { Ask } from '#domain/participants/line.ts';
import { readAnswer, short } from '#lib/outside/read-answer.ts';
import { instantOf } from '#lib/rfc3339.ts';
import { valueAt } from '#lib/value-at.ts';
import type { Answers } from '#systems/answers.ts';
import type { Phase, QueryResult, Refused, Reply, Totals, Vote } from '#systems/protocol.ts';

const mostNamed = 100;

/**
 * Totals in an answer about a batch or chunk, where the manifest names fields for them; null if
 * unreadable.
 */
export function totalsIn(
  body: unknown,
  { count, amount }: Answers,
  { chunk, batch }: Ask,
): Totals | undefined | null {
  const expected = chunk ?? batch;
  if (!expected || (!count && !amount)) return undefined;
  const said = {
    count: count ? valueAt(body, count) : expected.count,
    amount_minor: amount ? valueAt(body, amount) : expected.amount_minor,
  };
  return Number.isSafeInteger(said.count) && Number.isSafeInteger(said.amount_minor)
    ? (said as Totals)
    : null;
}

/** Refused items in an answer: ids that were sent, a hundred at most, with short reasons. */
export function refusedIn(body: unknown, { refused }: Answers, { chunk }: Ask): Refused[] {
  const listed = refused ? valueAt(body, refused) : undefined;
  if (!Array.isArray(listed)) return [];
  const sent = new Set(chunk?.items.map(({ id }) => id));
  const known = listed.filter((one) => sent.size === 0 || sent.has(one?.id)).slice(0, mostNamed);
  return known.map((one) => ({
    id: short(String(one?.id)) ?? 'unnamed',
    reason: short(one?.reason) ?? 'refused',
  }));
}

const unknown = (reason: string): Vote => ({ vote: 'unknown', reason, sent: true });

/** Reads an answer as a vote. A word for another question than this phase is `unknown`. */
export function voteFromReply(reply: Reply, ask: Ask, phase: Phase): Vote {
  const { system, outsideToken } = ask;
  const how = system.calls[phase]?.answer ?? {};
  const items = refusedIn(reply.body, how, ask);
  const read = readAnswer(reply, how, outsideToken, items.length > 0);
  switch (read.says) {
    case 'yes':
      return yesFrom(reply.body as object, how, ask);
    case 'no':
    case 'absent':
      return {
        vote: 'no',
        reason: read.reason,
        ...(read.says === 'absent' && { absent: true }),
        ...(items.length > 0 && { items }),
      };
    case 'ongoing':
      return { vote: 'ongoing' };
    case 'unknown':
      return unknown(read.reason);
    default:
      return unknown('its answer has a word for another question');
  }
}

function yesFrom(body: object, how: Answers, ask: Ask): Vote {
  const [until, totals] = [endIn(body, how), totalsIn(body, how, ask)];
  if (until === null) return unknown('its yes has an unreadable end');
  if (totals === null) return unknown('its totals are unreadable');
  return { vote: 'yes', ...(until !== undefined && { validUntil: until }), ...(totals && { totals }) };
}

/** When their yes expires (ms), if the answer says so; null if unreadable. */
function endIn(body: object, { validUntil }: Answers): number | undefined | null {
  const end = validUntil ? valueAt(body, validUntil) : undefined;
  if (end === undefined) return undefined;
  return (typeof end === 'string' ? instantOf(end) : undefined) ?? null;
}

/** Reads the answer to `query`. Not found is `absent`, if the system itself says so. */
export function queryResultFrom(reply: Reply, { system, outsideToken }: Ask): QueryResult {
  const read = readAnswer(reply, system.calls.query?.answer ?? {}, outsideToken);
  if (read.says === 'unknown') return { stands: 'unknown', reason: read.reason };
  if (read.says === 'yes' || read.says === 'no')
    return { stands: 'unknown', reason: 'its answer has a word for another question' };
  return { stands: read.says };
}
