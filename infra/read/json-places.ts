import { pointerTo } from '#lib/json/json-refused.ts';

type Place = { pointer: string; line: number };
/** Where the values of a JSON text are, from line 1, and the names that are given again. */
export type Places = { lines: ReadonlyMap<string, number>; twice: Place[] };

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+|\n/g;

/** Finds the places in a text that is JSON; all of them, while a reader stops at the first fault. */
export function placesIn(text: string): Places {
  const lines = new Map([['', 1]]);
  const twice: Place[] = [];
  const found = text.matchAll(tokens);
  let line = 1;
  const next = (): string => {
    for (const [token] of found) {
      if (token !== '\n') return token;
      line += 1;
    }
    return '';
  };
  const read = (token: string, path: (string | number)[]): void => {
    if (token === '{')
      for (let name = next(); name.startsWith('"'); name = next() === ',' ? next() : '') {
        const at = [...path, JSON.parse(name) as string];
        const pointer = pointerTo(at);
        if (lines.has(pointer)) twice.push({ pointer, line });
        lines.set(pointer, line);
        next(); // the colon
        read(next(), at);
      }
    if (token === '[')
      for (let [index, item] = [0, next()]; item !== ']' && item !== ''; index += 1) {
        const at = [...path, index];
        lines.set(pointerTo(at), line);
        read(item, at);
        item = next() === ',' ? next() : '';
      }
  };
  read(next(), []);
  return { lines, twice };
}
