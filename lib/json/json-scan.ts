import { exactNumber } from './exact-number.ts';
import { JsonRefused } from './json-refused.ts';
import { charactersOf, endOfString } from './json-string.ts';

/** What a caller of the reader may set. */
export type JsonRules = {
  /** Most levels of objects and lists, 64 by default. */
  depth?: number;
  /**
   * What becomes of a number that a double cannot hold. `refused` (the default) where a number of
   * ours may stand; `text` in an answer of others, where it is read as its own text and so is no
   * number to any check.
   */
  inexact?: 'refused' | 'text';
};

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const tooShort = 'it ends too early';
const literals = Object.entries({ true: true, false: false, null: null });

/** One pass over a text of JSON, which knows where it is. Throws `JsonRefused`. */
export class JsonScan {
  readonly #text: string;
  readonly #depth: number;
  readonly #inexact: 'refused' | 'text';
  readonly #path: (string | number)[] = [];
  #level = 0;
  #at = 0;

  constructor(text: string, { depth, inexact }: Required<JsonRules>) {
    this.#text = text;
    this.#depth = depth;
    this.#inexact = inexact;
  }

  read(): unknown {
    if (this.#text.startsWith('\ufeff')) this.#refuse('byte-order-mark');
    const value = this.#value();
    if (this.#next() !== '') this.#misplaced('its end');
    return value;
  }

  #refuse(code: JsonRefused['code'], at = this.#at, expected?: string): never {
    throw new JsonRefused(code, { text: this.#text, at, path: this.#path, expected });
  }

  /** The next character that is no white space, not taken; empty at the end. */
  #next(): string {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return this.#text[this.#at] ?? '';
      this.#at += 1;
    }
  }

  #value(): unknown {
    const char = this.#next();
    if (char === '"') return this.#string();
    if (char === '{' || char === '[') return this.#container(char);
    if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return this.#misplaced('a value');
  }

  #container(open: '{' | '['): unknown {
    if (this.#level >= this.#depth) this.#refuse('depth');
    this.#at += 1;
    this.#level += 1;
    const value = open === '{' ? this.#object() : this.#list();
    this.#level -= 1;
    return value;
  }

  #object(): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    if (this.#ends('}')) return read;
    do {
      if (this.#next() !== '"') this.#misplaced('a name');
      const begin = this.#at;
      const name = this.#string();
      this.#path.push(name);
      if (Object.hasOwn(read, name)) this.#refuse('twice', begin);
      if (this.#next() !== ':') this.#misplaced('a colon');
      this.#at += 1;
      const value = this.#value();
      this.#path.pop();
      if (name === '__proto__')
        Object.defineProperty(read, name, { value, writable: true, enumerable: true, configurable: true });
      else read[name] = value;
    } while (this.#goesOn('}'));
    return read;
  }

  #list(): unknown[] {
    const read: unknown[] = [];
    if (this.#ends(']')) return read;
    do {
      this.#path.push(read.length);
      read.push(this.#value());
      this.#path.pop();
    } while (this.#goesOn(']'));
    return read;
  }

  #misplaced(due: string): never {
    return this.#refuse('syntax', this.#at, this.#next() === '' ? tooShort : `${due} is due here`);
  }

  #ends(close: '}' | ']'): boolean {
    const end = this.#next() === close;
    if (end) this.#at += 1;
    return end;
  }

  #goesOn(close: '}' | ']'): boolean {
    if (this.#ends(close)) return false;
    if (this.#next() !== ',') this.#misplaced(`a comma or ${close}`);
    this.#at += 1;
    return true;
  }

  #number(): number | string {
    number.lastIndex = this.#at;
    const [token] = number.exec(this.#text) ?? [];
    if (token === undefined) return this.#misplaced('a number');
    const value = Number(token);
    const exact = exactNumber(token, value);
    if (!exact && this.#inexact === 'refused') this.#refuse('number');
    this.#at += token.length;
    return exact ? value : token;
  }

  #string(): string {
    const begin = this.#at;
    const end = endOfString(this.#text, begin);
    if (end < 0) return this.#refuse('syntax', this.#text.length, tooShort);
    const read = charactersOf(this.#text, begin, end);
    if (read === undefined)
      return this.#refuse('syntax', begin, 'a string without control characters and unknown escapes');
    if (!read.isWellFormed()) return this.#refuse('surrogate');
    this.#at = end + 1;
    return read;
  }
}
