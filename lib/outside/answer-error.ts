import { valueAt } from '#lib/value-at.ts';
import type { Answers } from '#systems/answers.ts';

/** An error in an answer; `code` is the text that names it, if there is one. */
export type AnswerError = { code?: string };
type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Values by which systems say in an error member that there is no error. */
const nothing = [
  '',
  '0',
  '00',
  'none',
  'null',
  'nil',
  'false',
  'no',
  'ok',
  'n/a',
  '-',
  'no error',
  'no_error',
];

/** Whether an error member says nothing: empty, or an object of values that say nothing. */
export function isEmptyError(error: unknown): boolean {
  if (error === undefined || error === null || error === false || error === 0) return true;
  if (typeof error === 'string') return nothing.includes(error.trim().toLowerCase());
  if (Array.isArray(error)) return error.length === 0;
  return typeof error === 'object' && Object.values(error).every(isEmptyError);
}

/**
 * The error that an answer carries: `error`, `errors` (a list, or an object by field), a `success`
 * or `ok` that is false, a problem of RFC 9457, or a code where the manifest has its place.
 */
export function errorIn(status: number, body: Json, how: Answers): AnswerError | undefined {
  const own = how.code === undefined ? undefined : codeOf(valueAt(body, how.code));
  const isOwn = own !== undefined && (status >= 400 || Object.hasOwn(how.codes ?? {}, own));
  const members = [body.error, body.errors].filter((member) => !isEmptyError(member));
  const failed = [body.success, body.ok].some((claim) => claim === false || claim === 'false');
  if (!isOwn && members.length === 0 && !failed && !isProblem(status, body)) return undefined;
  const named = [...members, body.code, problemCode(body)].map(codeOf);
  const code = own ?? named.find((text) => text !== undefined);
  return code === undefined ? {} : { code };
}

/** A problem of RFC 9457: a title or a type, and the status of the answer, if it has one. */
function isProblem(status: number, { type, title, status: told }: Json): boolean {
  if (status < 400 || (told !== undefined && told !== status)) return false;
  return (typeof title === 'string' && title !== '') || (typeof type === 'string' && told === status);
}

/** The last part of a problem's type: `https://office.example/problems/no-funds` is `no-funds`. */
const problemCode = ({ type, title }: Json): unknown => {
  const last = typeof type === 'string' ? type.split(/[/#:]/).at(-1) : undefined;
  return last && type !== 'about:blank' ? last : title;
};

/** The code of an error: itself, its `code`, or that of the first one in a list. */
function codeOf(error: unknown): string | undefined {
  if (typeof error === 'string' || typeof error === 'number')
    return isEmptyError(error) ? undefined : String(error);
  if (Array.isArray(error)) return error.map(codeOf).find((code) => code !== undefined);
  return isJson(error) ? (codeOf(error.code) ?? codeOf(error.error)) : undefined;
}
