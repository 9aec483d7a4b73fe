import type { Item } from '#lib/aws/table.ts';

export const wireOf = (n: number) => `${n.toString(16)}0000000-0000-5000-8000-000000000000`;
const headOf = (n: number, seq: number) => (n * 1000 + seq).toString(16).padStart(64, '0');

/** A write of sync `n` whose last row is `seq`, as the stream delivers it. */
export const image = (n: number, seq: number): Item => ({
  ...{ pk: `acme#sync#${wireOf(n)}`, sk: 'sync', v: seq },
  rows: [{ seq, hash: headOf(n, seq) }],
});

/** The head of that sync in a checkpoint. */
export const head = (n: number, seq: number) => ({ outside_token: wireOf(n), seq, head: headOf(n, seq) });
