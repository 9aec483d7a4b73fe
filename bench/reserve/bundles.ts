import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from '#infra/read/bundles.ts';

export type Bundle = { name: string; file: string; bytes: number; gzip: number };

/** The three handlers, bundled exactly as doors are. */
const entries = {
  lockstep: 'functions/api/v1/slots.[slotId].reservations.post.ts',
  peer: 'bench/reserve/peer.ts',
  floor: 'bench/reserve/floor.ts',
};

/** `also`: existing bundles by name, to be measured in the same run. */
export function bundlesIn(folder: string, also: Record<string, string> = {}): Bundle[] {
  const root = join(import.meta.dirname, '../..');
  const { doors } = bundle(root, Object.values(entries));
  const made = Object.entries(entries).map(([name, entry]): Bundle => {
    const code = doors[entry]?.code ?? '';
    const file = join(folder, name, 'index.mjs');
    mkdirSync(join(folder, name));
    writeFileSync(file, code);
    return { name, file, bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
  });
  const earlier = Object.entries(also).map(([name, file]): Bundle => {
    const code = readFileSync(file);
    return { name, file, bytes: code.length, gzip: gzipSync(code, { level: 9 }).length };
  });
  return [...made, ...earlier];
}
