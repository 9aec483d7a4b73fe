/** Why a text is refused as JSON, without the place and without anything of the text. */
const faults = {
  syntax: 'is not valid JSON',
  depth: 'is nested too deep',
  twice: 'is given more than once',
  number: 'is a number that cannot be kept exactly',
  surrogate: 'has half of a surrogate pair, which is no character',
  'byte-order-mark': 'begins with a byte order mark',
  'not-utf8': 'is not UTF-8',
} as const;
type JsonFault = keyof typeof faults;

/** `path` leads to the value, or to the name that is given again. `expected`: what is due there. */
type Place = { text: string; at: number; path: readonly (string | number)[]; expected?: string | undefined };

/**
 * A text that is refused as JSON. `pointer`: RFC 6901, with names from the text, as the message has;
 * `detail` has none. `line` and `column` count from 1, columns in UTF-16 units.
 */
export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
  readonly code: JsonFault;
  readonly detail: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;

  constructor(code: JsonFault, { text, at, path, expected }: Place) {
    const before = text.slice(0, at);
    const [line, column] = [before.split('\n').length, at - before.lastIndexOf('\n')];
    const pointer = pointerTo(path);
    const detail = expected ? `${faults[code]}: ${expected}` : faults[code];
    super(`line ${line}, column ${column}: ${pointer && `${pointer} `}${detail}`);
    this.code = code;
    this.detail = detail;
    this.pointer = pointer;
    this.line = line;
    this.column = column;
  }
}

/** A JSON Pointer (RFC 6901), always well-formed Unicode. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed();
