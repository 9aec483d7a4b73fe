import { valueAt } from '#lib/value-at.ts';
import type { Answers } from '#systems/manifest.ts';
import type { Ask, Phase, QueryResult, Refused, Reply, Totals, Vote } from '#systems/protocol.ts';

const mostNamed = 100;

/** What an answer says that they have of a batch or of its chunk, where the manifest names a field for it; null where that cannot be read. */
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

/** The items that an answer refuses, by ids that we have sent, a hundred at most, and their own short words for it. */
export function refusedIn(body: unknown, { refused }: Answers, { chunk }: Ask): Refused[] {
  const listed = refused ? valueAt(body, refused) : undefined;
  if (!Array.isArray(listed)) return [];
  const sent = new Set(chunk?.items.map(({ id }) => id));
  const known = listed.filter((one) => sent.size === 0 || sent.has(one?.id)).slice(0, mostNamed);
  return known.map((one) => ({ id: String(one?.id), reason: short(one?.reason) ?? 'refused' }));
}

/** Their own word for it, short and of plain characters: never what was sent to them. */
export const short = (said: unknown): string | undefined =>
  typeof said === 'string' ? said.replaceAll(/[^\w .,:-]/g, '').slice(0, 80) || undefined : undefined;

/** Says that they are about us or about now, not about this change: a credential, a wrong address, a limit, a call that still runs. */
const notAboutThis = [401, 403, 405, 407, 408, 421, 423, 425, 426, 428];
const isJson = (body: unknown): body is Record<string, unknown> =>
  body !== null && typeof body === 'object' && !Array.isArray(body);
const unknown = (reason: string): Vote => ({ vote: 'unknown', reason, sent: true });
const unsaid = (reason: string): QueryResult => ({ stands: 'unknown', reason });

/**
 * Reads an answer as a vote. Only what a system has said itself, about this very token, counts: a page of somebody in between, an id of somebody else, a word
 * that the manifest does not know are `unknown`, and never guessed at. A refusal is known by its `error` or by a word of the manifest; a 200 with an error inside is one.
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

/** Until when (ms) their yes holds, where they say so; null where that cannot be read. */
function endIn(body: object, { validUntil }: Answers): number | undefined | null {
  const end = validUntil ? valueAt(body, validUntil) : undefined;
  if (end === undefined) return undefined;
  const ms = typeof end === 'string' ? Date.parse(end) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** A gateway's refusal says nothing of the system behind it: it has neither the system's error nor its word, nor does it name the token. */
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

/** Reads an answer to the question where it stands. Not found is an answer, if the system says so itself: absent. */
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

/** What their word means; nothing but what the manifest lists, so that `constructor` is no word. */
function wordIn(body: Record<string, unknown>, { field, means = {} }: Answers) {
  const said = field === undefined ? undefined : String(valueAt(body, field));
  return said !== undefined && Object.hasOwn(means, said) ? means[said] : undefined;
}

/** An answer must name its token where the manifest says that it does; a refusal may leave it out, another's token never counts. */
function foreign(body: Record<string, unknown>, outsideToken: string, { echo }: Answers): boolean {
  if (!echo) return false;
  const named = valueAt(body, echo);
  return named === undefined ? !errorIn(body) : named !== outsideToken;
}

const names = (body: Record<string, unknown>, outsideToken: string, { echo }: Answers): boolean =>
  echo !== undefined && valueAt(body, echo) === outsideToken;

const errorIn = (body: Record<string, unknown>): boolean =>
  Boolean(body.error) || (Array.isArray(body.errors) && body.errors.length > 0);

/** Their own word for it. */
function reasonIn(body: Record<string, unknown>): string | undefined {
  const { error } = body;
  return short(isJson(error) ? error.code : error);
}
