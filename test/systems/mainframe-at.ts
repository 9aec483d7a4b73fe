import { expect } from 'vitest';
import { mainframeFiles } from '#examples/systems/mainframe/files.ts';
import { chequeLayout, fileWith, key, now, type Said, token } from './mainframe-layout.ts';

/** The mainframe without a network, and a client that brings files to it. `time` may be set. */
export function mainframeAt(time = { now }) {
  const mainframe = mainframeFiles({ layout: chequeLayout, clock: { now: () => time.now } });
  const { files, books } = mainframe;
  const read = async (path: string) => {
    const found = await files.read(path);
    return found && Buffer.concat(await Array.fromAsync(found)).toString();
  };
  /** Brings a file, and returns the answer without the token. */
  async function brought(bytes: Buffer, { name = token, reversal = false } = {}) {
    const file = `LS-${name}${reversal ? '-R' : ''}`;
    await files.write(`${file}.part`, [bytes]);
    expect(await files.rename(`${file}.part`, `${file}.dat`)).toBe(true);
    expect(await files.size(`${file}.dat`)).toBeUndefined();
    const line = await read(`${file}.rsp`);
    const head = `token=${name} kind=${reversal ? 'REVERSAL' : 'LOAD'} status=`;
    expect(line?.startsWith(head), line).toBe(true);
    return line!.slice(head.length).trimEnd();
  }
  return {
    ...mainframe,
    time,
    read,
    brought,
    load: (said: Said = {}) => brought(fileWith(said), said.token === undefined ? {} : { name: said.token }),
    reverse: (said: Said = {}) => brought(fileWith({ kind: 'REVERSAL', ...said }), { reversal: true }),
    voided: () => files.write(`LS-${token}.void`, []),
    entry: () => books.entries().find((one) => one.token === key),
  };
}

export const none = { prepare: 0, commit: 0, rollback: 0, release: 0 };
export const accepted = 'ACCEPTED count=3 amount_minor=1800 sequence=1800000060000123';
export const reversed = 'ACCEPTED count=3 amount_minor=-1800 sequence=1800000060000123';
