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
const literals = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

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
    if (this.#text.startsWith('\ufeff')) this.#refuse('begins with a byte order mark');
    const value = this.#value();
    if (this.#next() !== '') this.#refuse('something follows the end of the JSON');
    return value;
  }

  #refuse(detail: string, at = this.#at): never {
    throw new JsonRefused(detail, { text: this.#text, at, path: this.#path });
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
    return this.#refuse(char === '' ? 'ends too early' : 'is not valid JSON');
  }

  #container(open: '{' | '['): unknown {
    if (this.#level >= this.#depth) this.#refuse(`is nested deeper than ${this.#depth} levels`);
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
      if (this.#next() !== '"') this.#misplaced('a name is due here');
      const begin = this.#at;
      const name = this.#string();
      this.#path.push(name);
      if (Object.hasOwn(read, name)) this.#refuse('is given more than once', begin);
      if (this.#next() !== ':') this.#misplaced('a colon is due here');
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

  #misplaced(detail: string): never {
    return this.#refuse(this.#next() === '' ? 'ends too early' : detail);
  }

  #ends(close: '}' | ']'): boolean {
    const end = this.#next() === close;
    if (end) this.#at += 1;
    return end;
  }

  #goesOn(close: '}' | ']'): boolean {
    if (this.#ends(close)) return false;
    if (this.#next() !== ',') this.#misplaced(`a comma or ${close} is due here`);
    this.#at += 1;
    return true;
  }

  #number(): number | string {
    number.lastIndex = this.#at;
    const [token] = number.exec(this.#text) ?? [];
    if (token === undefined) return this.#refuse('is not valid JSON');
    const value = Number(token);
    const exact = exactNumber(token, value);
    if (!exact && this.#inexact === 'refused') this.#refuse('is a number that cannot be kept exactly');
    this.#at += token.length;
    return exact ? value : token;
  }

  #string(): string {
    const begin = this.#at;
    const end = endOfString(this.#text, begin);
    if (end < 0) return this.#refuse('ends too early', this.#text.length);
    const read = charactersOf(this.#text, begin, end);
    if (read === undefined) return this.#refuse('has a control character or an unknown escape');
    if (!read.isWellFormed()) return this.#refuse('has half of a surrogate pair, which is no character');
    this.#at = end + 1;
    return read;
  }
}
