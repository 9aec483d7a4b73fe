/**
 * Why a text was refused as JSON, and where. `pointer`: RFC 6901, of the value or of the duplicate
 * name. `line` and `column` count from 1, columns in UTF-16 units.
 */
export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  /** Without the place, and without anything of the text. */
  readonly detail: string;

  constructor(detail: string, { text, at, path }: { text: string; at: number; path: (string | number)[] }) {
    const before = text.slice(0, at);
    const [line, column] = [before.split('\n').length, at - before.lastIndexOf('\n')];
    const pointer = pointerTo(path);
    super(`line ${line}, column ${column}: ${pointer && `${pointer}: `}${detail}`);
    this.pointer = pointer;
    this.line = line;
    this.column = column;
    this.detail = detail;
  }
}

/** A JSON Pointer (RFC 6901), always well-formed Unicode. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed();
