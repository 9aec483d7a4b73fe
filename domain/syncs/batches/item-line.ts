import { JsonRefused } from '#lib/json/json-refused.ts';
import { readJson } from '#lib/json/read-json.ts';

const mostLevels = 16;

/** A batch that cannot be read. `index`: the item's, from 0. `pointer`: into the item. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly index: number | undefined;
  readonly pointer: string;

  constructor(detail: string, index?: number, pointer = '') {
    super(detail);
    this.index = index;
    this.pointer = pointer;
  }
}

/** The item of one line: JSON with one meaning. */
export function itemIn(line: Buffer, index: number): unknown {
  try {
    return readJson(line, { depth: mostLevels });
  } catch (error) {
    throw error instanceof JsonRefused ? refusedLine(error, index) : error;
  }
}

function refusedLine({ code, column, detail, pointer }: JsonRefused, index: number): Unreadable {
  if (code === 'syntax' || code === 'byte-order-mark') return unreadable(index, 'is not JSON');
  if (code === 'not-utf8') return unreadable(index, 'is not UTF-8');
  return new Unreadable(`Line ${index + 1}, column ${column}: ${detail}.`, index, pointer);
}

export const unreadable = (index: number, what: string): Unreadable =>
  new Unreadable(`Line ${index + 1} ${what}.`, index);
