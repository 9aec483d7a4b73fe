import { instantOf } from '#lib/rfc3339.ts';
import { valueAt } from '#lib/value-at.ts';
import type { Answers } from '#systems/manifest.ts';
import type { Ask, Phase, QueryResult, Refused, Reply, Totals, Vote } from '#systems/protocol.ts';

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

/** A system's reason, short and in plain characters, so that it cannot echo the payload. */
export const short = (said: unknown): string | undefined =>
  typeof said === 'string' ? said.replaceAll(/[^\w .,:-]/g, '').slice(0, 80) || undefined : undefined;

/**
 * Statuses about the caller or the moment and not the change: credential, address, limit, a call
 * in flight.
 */
const notAboutThis = [401, 403, 405, 407, 408, 421, 423, 425, 426, 428];
const isJson = (body: unknown): body is Record<string, unknown> =>
  body !== null && typeof body === 'object' && !Array.isArray(body);
const unknown = (reason: string): Vote => ({ vote: 'unknown', reason, sent: true });
const unsaid = (reason: string): QueryResult => ({ stands: 'unknown', reason });

/**
 * Reads an answer as a vote. Only the system's own answer about this outside token counts: a proxy
 * page, a foreign id or an unlisted word is `unknown`; a refusal has an `error` or a word of the
 * manifest, whatever its status.
 */
export function voteFromReply({ status, body }: Reply, ask: Ask, phase: Phase): Vote {
  const { system, outsideToken } = ask;
  const how = system.calls[phase]?.answer ?? {};
  if (!isJson(body)) return unknown(`answers ${status}, and nothing that can be read`);
  if (notAboutThis.includes(status))
    return unknown(`answers ${status}, which says nothing about this change`);
  if (foreign(body, outsideToken, how)) return unknown('answers for another token');
  const word = wordIn(body, how);
  if (word === 'ongoing') return { vote: 'ongoing' };
  const items = refusedIn(body, how, ask);
  if (status >= 400 || errorIn(body) || word === 'no' || word === 'absent' || items.length > 0) {
    const named =
      items.length > 0 || (how.echo === undefined ? errorIn(body) : names(body, outsideToken, how));
    return { ...refusal(status, body, word, named), ...(items.length > 0 && { items }) };
  }
  if (status === 202 && word === undefined) return { vote: 'ongoing' };
  if (how.field !== undefined && word !== 'yes')
    return unknown('answers with a word that its manifest does not know');
  const [until, totals] = [endIn(body, how), totalsIn(body, how, ask)];
  if (until === null) return unknown('says yes until a time that cannot be read');
  if (totals === null) return unknown('says totals that cannot be read');
  return { vote: 'yes', ...(until !== undefined && { validUntil: until }), ...(totals && { totals }) };
}

/** When their yes expires (ms), if the answer says so; null if unreadable. */
function endIn(body: object, { validUntil }: Answers): number | undefined | null {
  const end = validUntil ? valueAt(body, validUntil) : undefined;
  if (end === undefined) return undefined;
  return (typeof end === 'string' ? instantOf(end) : undefined) ?? null;
}

/** A gateway's refusal says nothing of the system: it has no error or word of it, and no token. */
function refusal(
  status: number,
  body: Record<string, unknown>,
  word: string | undefined,
  named: boolean,
): Vote {
  if (!errorIn(body) && !named && word !== 'no' && word !== 'absent')
    return unknown(`answers ${status}, and not in its own words`);
  const absent = word === 'absent' || ((status === 404 || status === 410) && named);
  return {
    vote: 'no',
    reason:
      reasonIn(body) ??
      (status >= 400 ? `answers ${status}` : errorIn(body) ? 'an error inside a yes' : 'refused'),
    ...(absent && { absent }),
  };
}

/** Reads the answer to `query`. Not found is `absent`, if the system itself says so. */
export function queryResultFrom({ status, body }: Reply, { system, outsideToken }: Ask): QueryResult {
  const how = system.calls.query?.answer ?? {};
  if (!isJson(body) || notAboutThis.includes(status))
    return unsaid(`answers ${status}, and nothing that can be relied on`);
  if (foreign(body, outsideToken, how)) return unsaid('answers for another token');
  const word = wordIn(body, how);
  const named = how.echo === undefined ? errorIn(body) : names(body, outsideToken, how);
  if (word === 'absent' || ((status === 404 || status === 410) && named)) return { stands: 'absent' };
  if (status >= 400 || errorIn(body)) return unsaid(`answers ${status}, and not about this token`);
  if (word === undefined || word === 'yes' || word === 'no')
    return unsaid('answers with a word that its manifest does not know');
  return { stands: word };
}

/** Meaning of a status word; only the manifest's own entries, so that `constructor` is no word. */
function wordIn(body: Record<string, unknown>, { field, means = {} }: Answers) {
  const said = field === undefined ? undefined : String(valueAt(body, field));
  return said !== undefined && Object.hasOwn(means, said) ? means[said] : undefined;
}

/**
 * Whether an answer names another token. Where the manifest has `echo` it must name ours; a
 * refusal may leave it out.
 */
function foreign(body: Record<string, unknown>, outsideToken: string, { echo }: Answers): boolean {
  if (!echo) return false;
  const named = valueAt(body, echo);
  return named === undefined ? !errorIn(body) : named !== outsideToken;
}

const names = (body: Record<string, unknown>, outsideToken: string, { echo }: Answers): boolean =>
  echo !== undefined && valueAt(body, echo) === outsideToken;

const errorIn = (body: Record<string, unknown>): boolean =>
  Boolean(body.error) || (Array.isArray(body.errors) && body.errors.length > 0);

/** The system's own reason. */
function reasonIn(body: Record<string, unknown>): string | undefined {
  const { error } = body;
  return short(isJson(error) ? error.code : error);
}
