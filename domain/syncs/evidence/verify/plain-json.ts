import { Fault } from './fault.ts';

/**
 * Parses JSON; undefined for any other text. A duplicate name is refused with its path, since
 * parsers disagree on which value counts.
 */
export function parsed(text: string, what = 'this'): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const twice = doubled(text);
  if (twice) throw new Fault(`${what} says ${twice} twice`);
  refuseProto(value, what);
  return value;
}

/** `__proto__` is lost when an object is copied, and so would be in no hash. */
export function refuseProto(value: unknown, what = 'this', path: string[] = []): void {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') throw new Fault(`${what} was added to: ${[...path, name].join('.')}`);
    refuseProto(inner, what, [...path, name]);
  }
}

type Level = { names?: Set<string>; at: string | number };

/**
 * Path of a duplicate name in an object. The text is valid JSON, so strings and brackets are
 * enough.
 */
function doubled(text: string): string | undefined {
  const levels: Level[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const level = levels.at(-1);
    if (char === '{') levels.push({ names: new Set(), at: '' });
    else if (char === '[') levels.push({ at: 0 });
    else if (char === '}' || char === ']') levels.pop();
    else if (char === ',' && typeof level?.at === 'number') level.at += 1;
    else if (char === '"') {
      const end = endOf(text, i);
      if (level?.names && isName(text, end)) {
        level.at = JSON.parse(text.slice(i, end + 1)) as string;
        if (level.names.has(level.at)) return levels.map(({ at }) => at).join('.');
        level.names.add(level.at);
      }
      i = end;
    }
  }
  return undefined;
}

/** Index of the quote that ends this string. */
function endOf(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (' \t\r\n'.includes(text[at] ?? '.')) at += 1;
  return text[at] === ':';
}
