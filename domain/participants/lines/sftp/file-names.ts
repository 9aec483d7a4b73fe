/** A file loads a batch, or reverses one with every amount negated. */
export type FileKind = 'LOAD' | 'REVERSAL';

/** `seen`: our own marker of how far a file was read back. */
export type FileNames = { part: string; dat: string; rsp: string; void: string; seen: string };

/** File names below the folder. One tombstone covers both kinds. */
export function fileNames(hex: string, kind: FileKind): FileNames {
  const name = kind === 'LOAD' ? `LS-${hex}` : `LS-${hex}-R`;
  return {
    part: `${name}.part`,
    dat: `${name}.dat`,
    rsp: `${name}.rsp`,
    void: `LS-${hex}.void`,
    seen: `${name}.seen`,
  };
}
