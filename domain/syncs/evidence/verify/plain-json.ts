import { JsonRefused } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';
import { Fault } from './fault.ts';

/**
 * Parses JSON; undefined for any other text. What has two meanings is refused with its path, since
 * parsers disagree on which one counts.
 */
export function parsed(text: string, what = 'this'): unknown {
  let value: unknown;
  try {
    value = readJson(text);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    if (error.code === 'syntax') return undefined;
    throw new Fault(toldOf(error, what));
  }
  refuseProto(value, what);
  return value;
}

function toldOf({ code, pointer, line, column, detail }: JsonRefused, what: string): string {
  const path = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  if (code === 'twice') return `${what} says ${path} twice`;
  return `${what} cannot be relied on: line ${line}, column ${column}: ${path} ${detail}`;
}

/** `__proto__` is lost when an object is copied, and so would be in no hash. */
export function refuseProto(value: unknown, what = 'this', path: string[] = []): void {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') throw new Fault(`${what} was added to: ${[...path, name].join('.')}`);
    refuseProto(inner, what, [...path, name]);
  }
}
