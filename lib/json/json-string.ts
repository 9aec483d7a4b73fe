// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a string
const notPlain = /[\\\u0000-\u001f]/;

/** Index of the quote that ends the string that begins at this one; -1 if none does. */
export function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

/**
 * The characters of a string, quotes excluded from `begin` to `end`; undefined if one of them or an
 * escape has no place in JSON.
 */
export function charactersOf(text: string, begin: number, end: number): string | undefined {
  const inside = text.slice(begin + 1, end);
  if (!notPlain.test(inside)) return inside;
  try {
    return JSON.parse(text.slice(begin, end + 1)) as string;
  } catch {
    return undefined;
  }
}
