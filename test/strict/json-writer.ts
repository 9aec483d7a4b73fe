import type { Node, Piece } from './json-model.ts';

type Code = 'twice' | 'number' | 'surrogate' | 'depth';
/** What a text means, or the first fault of it. */
type Expected = { value: unknown } | { code: Code; pointer: string; at: number };

/** Whether a double keeps the decimal value of a token: in whole numbers of any length. */
export function keeps(token: string): boolean {
  const value = Number(token);
  if (!Number.isFinite(value)) return false;
  const [[a, x], [b, y]] = [ratio(token), ratio(String(value))];
  const least = Math.min(x, y);
  return a * 10n ** BigInt(x - least) === b * 10n ** BigInt(y - least);
}

function ratio(token: string): [digits: bigint, exponent: number] {
  const [mantissa = '', power = '0'] = token.toLowerCase().split('e');
  const [before = '', after = ''] = mantissa.split('.');
  return [BigInt(before + after), Number(power) - after.length];
}

/** Writes the text with the given white space, and says what it means or what is wrong first. */
export function written(
  root: Node,
  spaces: string[],
  { depth, inexact }: { depth: number; inexact: 'refused' | 'text' },
) {
  let text = '';
  let turn = 0;
  let fault: Extract<Expected, { code: Code }> | undefined;
  const gap = () => {
    text += spaces[turn++ % spaces.length];
  };
  const blame = (code: Code, at: number, path: string[]) => {
    const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    fault ??= { code, at, pointer };
  };
  const string = (pieces: Piece[], path: string[]): string => {
    const at = text.length;
    text += `"${pieces.map(({ spelled }) => spelled).join('')}"`;
    const said = pieces.map((each) => each.said).join('');
    if (hasHalf(said)) blame('surrogate', at, path);
    return said;
  };
  const value = (node: Node, path: string[]): unknown => {
    if (node.kind === 'string') return string(node.pieces, path);
    const at = text.length;
    if (node.kind === 'literal') {
      text += String(node.value);
      return node.value;
    }
    if (node.kind === 'number') {
      text += node.token;
      if (keeps(node.token)) return Number(node.token);
      if (inexact === 'refused') blame('number', at, path);
      return node.token;
    }
    if (path.length >= depth) blame('depth', at, path);
    const made: unknown = node.kind === 'list' ? [] : {};
    text += node.kind === 'list' ? '[' : '{';
    const parts = node.kind === 'list' ? node.items.map((item) => [undefined, item] as const) : node.members;
    const seen = new Set<string>();
    for (const [index, [called, inner]] of parts.entries()) {
      if (index > 0) text += ',';
      gap();
      let step = String(index);
      if (called) {
        const begin = text.length;
        step = string(called, path);
        if (seen.has(step)) blame('twice', begin, [...path, step]);
        seen.add(step);
        gap();
        text += ':';
        gap();
      }
      const read = value(inner, [...path, step]);
      Object.defineProperty(made, step, {
        value: read,
        writable: true,
        enumerable: true,
        configurable: true,
      });
      gap();
    }
    if (parts.length === 0) gap();
    text += node.kind === 'list' ? ']' : '}';
    return made;
  };
  gap();
  const means = value(root, []);
  gap();
  return { text, expected: (fault ?? { value: means }) as Expected };
}

/** By the units one by one, without `isWellFormed`. */
export function hasHalf(text: string): boolean {
  const kinds = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) >> 10);
  return kinds.some(
    (kind, at) => (kind === 0x36 && kinds[at + 1] !== 0x37) || (kind === 0x37 && kinds[at - 1] !== 0x36),
  );
}
