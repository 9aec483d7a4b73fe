import { canonical, digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';

/** A list's request. A cursor is valid for the same question of the same tenant only. */
export type Question = { tenant: string; route: string; filter: object };

export const toCursor = (question: Question, after: string): string =>
  Buffer.from(`${seal(question, after)}${after}`).toString('base64url');

export function fromCursor(question: Question, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const after = text.slice(11);
  if (seal(question, after) !== text.slice(0, 11))
    throw new Problem('cursor-invalid', { detail: 'Take the cursor from a link of the same list.' });
  return after;
}

const seal = ({ tenant, route, filter }: Question, after: string): string =>
  digest(tenant, route, canonical(filter), after).slice(0, 11);
