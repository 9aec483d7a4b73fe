import { valueAt } from '#lib/value-at.ts';
import type { Answers } from '#systems/answers.ts';
import { type AnswerError, errorIn, isJson } from './answer-error.ts';
import type { Reply } from './outside.ts';

type State = 'prepared' | 'committed' | 'rolled-back';
/**
 * What an answer says. `unknown`: it cannot be relied on, or its parts contradict each other.
 * `reason`: why, in our words; a no has the system's own, if it gave one.
 */
export type Reading =
  | { says: 'yes' | 'ongoing' | State }
  | { says: 'no' | 'absent'; reason: string }
  | { says: 'unknown'; reason: string };
type Meaning = Exclude<Reading['says'], 'unknown'>;

/** Statuses about the caller or the moment, and not about the change. */
const aboutUs = [401, 403, 405, 407, 408, 421, 423, 425, 426, 428, 429];
const saysNothing = (status: number): boolean =>
  aboutUs.includes(status) || status >= 500 || (status >= 300 && status < 400);

/** The parts of an answer, each by itself. `sides`: the outcomes that they speak for. */
type Parts = {
  status: number;
  named: 'this' | 'another' | 'nothing';
  word: Meaning | undefined;
  error: AnswerError | undefined;
  sides: Set<'done' | 'refused' | 'ongoing' | 'unknown'>;
};

/**
 * Reads an answer about `subject` (the token, or the key of a payment) as one thing. Its parts are
 * weighed together: the status, the echo, the word, the error and its code. What contradicts itself
 * is `unknown`. `refuses`: it lists refused items.
 */
export function readAnswer({ status, body }: Reply, how: Answers, subject: string, refuses = false): Reading {
  if (!isJson(body)) return unknown(`it answered ${status} with an unreadable body`);
  const parts = partsOf(status, body, how, subject);
  if (refuses) parts.sides.add('refused');
  const { named, word, error, sides } = parts;
  if (named === 'another') return unknown('its answer names another token');
  if (named === 'nothing' && how.echo !== undefined && !error) return unknown('its answer names no token');
  if (sides.size > 1) return unknown(`its answer contradicts itself: ${contradiction(parts)}`);
  const [side] = sides;
  if (side === 'unknown') return unknown('its error code decides nothing');
  if (side === 'ongoing') return { says: 'ongoing' };
  if (saysNothing(status)) return unknown(`it answered ${status}, which is not about this change`);
  if (side === 'refused') return refusal(parts, how);
  if (side === 'done')
    return status < 300
      ? { says: word as 'yes' | State }
      : unknown(`its answer contradicts itself: ${status}, and a word for ${word}`);
  return silent(parts, how);
}

function partsOf(status: number, body: Record<string, unknown>, how: Answers, subject: string): Parts {
  const echoed = how.echo === undefined ? undefined : valueAt(body, how.echo);
  const word = wordIn(body, how);
  const error = errorIn(status, body, how);
  const sides: Parts['sides'] = new Set();
  if (word === 'ongoing') sides.add('ongoing');
  else if (word === 'no' || word === 'absent') sides.add('refused');
  else if (word !== undefined) sides.add('done');
  const coded = error?.code === undefined ? undefined : listed(how.codes, error.code);
  if (coded !== undefined) sides.add(coded === 'no' ? 'refused' : coded);
  // A conflict may be about another attempt, so only a code that the manifest lists decides it.
  else if (error && status !== 409 && !saysNothing(status)) sides.add('refused');
  const named = echoed === undefined ? 'nothing' : echoed === subject ? 'this' : 'another';
  return { status, named, word, error, sides };
}

/** No part of it decides but its status. */
function silent({ status, named }: Parts, { echo, field }: Answers): Reading {
  if (status === 202) return { says: 'ongoing' };
  if (status < 300)
    return field === undefined
      ? { says: 'yes' }
      : unknown('its answer has a word that its manifest does not list');
  if (status === 409) return unknown('it answered 409 without a code that its manifest lists');
  if (echo === undefined || named !== 'this')
    return unknown(`it answered ${status} without an error or word of its own`);
  return status === 404 || status === 410
    ? { says: 'absent', reason: `it answered ${status}` }
    : { says: 'no', reason: `it answered ${status}` };
}

/**
 * Not found is `absent` if it names the token, or, where there is no echo, if it has an error. With
 * an echo that is not there it may be a wrong path, which says nothing.
 */
function refusal({ status, named, word, error }: Parts, { echo }: Answers): Reading {
  const own = echo === undefined ? error !== undefined : named === 'this';
  const missing = status === 404 || status === 410;
  if (missing && !own && word === undefined) return unknown(`it answered ${status} and named no token`);
  const absent = word === 'absent' || (missing && own && word !== 'no');
  const ours = status >= 400 ? `it answered ${status}` : error ? 'its yes contains an error' : 'refused';
  return { says: absent ? 'absent' : 'no', reason: short(error?.code) ?? ours };
}

const contradiction = ({ status, word, error }: Parts): string =>
  [`${status}`, word && `a word for ${word}`, error && 'an error'].filter(Boolean).join(', ');

/** Meaning of a status word; only the manifest's own entries, so that `constructor` is no word. */
function wordIn(body: Record<string, unknown>, { field, means }: Answers): Meaning | undefined {
  const said = field === undefined ? undefined : valueAt(body, field);
  return said === undefined || typeof said === 'object' ? undefined : listed(means, String(said));
}

const listed = <T>(table: Record<string, T> | undefined, name: string): T | undefined =>
  table && Object.hasOwn(table, name) ? table[name] : undefined;

/** A system's reason, short and in plain characters, so that it cannot echo the payload. */
export const short = (said: unknown): string | undefined =>
  typeof said === 'string' ? said.replaceAll(/[^\w .,:-]/g, '').slice(0, 80) || undefined : undefined;

const unknown = (reason: string): Reading => ({ says: 'unknown', reason });
