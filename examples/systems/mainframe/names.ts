export type Ending = 'part' | 'dat' | 'rsp' | 'void';
export type Kind = 'LOAD' | 'REVERSAL';
/**
 * The sync of a file. `token`: without hyphens, as in the name; `key`: the same as a UUID, as in
 * the books.
 */
export type Named = { token: string; key: string; kind: Kind; ending: Ending };

const pattern = /^LS-([0-9a-f]{32})(-R)?\.(part|dat|rsp|void)$/;

/** Undefined: an unknown file, which the mainframe leaves alone. */
export function named(file: string): Named | undefined {
  const [, token, reversal, ending] = pattern.exec(file) ?? [];
  if (!token) return undefined;
  return { token, key: uuidOf(token), kind: reversal ? 'REVERSAL' : 'LOAD', ending: ending as Ending };
}

export const fileOf = ({ token, kind }: Pick<Named, 'token' | 'kind'>, ending: Ending): string =>
  `LS-${token}${kind === 'REVERSAL' ? '-R' : ''}.${ending}`;

const uuidOf = (token: string): string =>
  token.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
