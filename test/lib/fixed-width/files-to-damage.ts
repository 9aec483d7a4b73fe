import { decodeFile } from '#lib/fixed-width/file.ts';
import { Malformed } from '#lib/fixed-width/malformed.ts';
import type { Layout } from '#systems/layout.ts';
import { fileOf } from './round-trip.ts';

export const more = [
  { name: 'payee', width: 10, as: 'text' },
  { name: 'fee', width: 4, as: 'zoned', signed: true },
  { name: 'branch', width: 5, as: 'digits' },
] as const;
const items = [
  { id: 'a1', amount_minor: 2_500, payee: 'ADA 1', fee: 12, branch: 7 },
  { id: 'a2', amount_minor: -2_500, payee: 'BOB 2', fee: -12, branch: 0 },
  { id: 'a3', amount_minor: 0, payee: '0123456789', fee: 0, branch: 99_999 },
];

export const whole = async (layout: Layout, document = {}) =>
  Buffer.concat(await Array.fromAsync(fileOf(layout, items, { document })));
/** The verdict on these bytes, read in pieces of 100. */
export async function verdictOn(layout: Layout, bytes: Uint8Array) {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  };
  try {
    await decodeFile(layout, pieces(), () => {});
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [error.code, error.field, error.record].filter((part) => part !== undefined).join(' ');
  }
}
