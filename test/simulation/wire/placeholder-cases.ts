import type { Random } from '#test/simulation/engine/random.ts';

/** A batch as these systems take it, if they do. */
const kinds = ['none', 'chunks', 'totals', 'whole'] as const;
const phases = ['prepare', 'commit', 'rollback', 'query'] as const;
const places = [
  'path',
  'query of the path',
  'body',
  'text of the body',
  'list of the body',
  'name in the body',
] as const;
export const token = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
export const totals = { count: 3, amount_minor: -750 };
export const items = [{ id: 'p/1', amount_minor: -750 }];
export const payload = { state: "O'H/é?&=%+ {token}", delta_usd: 25, nested: { deep: true } };

/** Every placeholder of docs/adapters.md with its value, and where that page says that it is. */
export const known: Record<string, { value: unknown; where: 'always' | 'batch' | 'chunk' }> = {
  token: { value: token, where: 'always' },
  key: { value: `${token}:office:x:0`, where: 'always' },
  type: { value: 'benefit.adjusted', where: 'always' },
  not_after: { value: '2027-01-15T08:00:00.000Z', where: 'always' },
  payload: { value: payload, where: 'always' },
  'payload.state': { value: payload.state, where: 'always' },
  'payload.delta_usd': { value: 25, where: 'always' },
  'payload.nested.deep': { value: true, where: 'always' },
  'batch.count': { value: 3, where: 'batch' },
  'batch.amount_minor': { value: -750, where: 'batch' },
  'chunk.index': { value: 7, where: 'chunk' },
  'chunk.count': { value: 3, where: 'chunk' },
  'chunk.amount_minor': { value: -750, where: 'chunk' },
  items: { value: items, where: 'chunk' },
};
const unknown = [
  'tokn',
  'Token',
  'event_id',
  'chunk',
  'batch',
  'chunk.items',
  'items.0',
  'system',
  'secrets',
  'a-b',
  'token.x',
  '',
  ' token ',
  'token|x',
];

export type Case = {
  kind: (typeof kinds)[number];
  phase: (typeof phases)[number];
  place: (typeof places)[number];
  ofBatch: boolean;
  word: string;
};

export const caseOf = (random: Random): Case => ({
  kind: random.pick(kinds),
  phase: random.pick(phases),
  place: random.pick(places),
  ofBatch: random.chance(0.6),
  word: random.chance(0.75) ? random.pick(Object.keys(known)) : random.pick(unknown),
});

/** Whether docs/adapters.md says that there is a value. */
export function isDue({ kind, phase, place, ofBatch, word }: Case): boolean {
  const found = known[word];
  if (place === 'name in the body') return !/^[\w.-]+$/.test(word);
  if (!found || (ofBatch && kind === 'none')) return false;
  const isPath = place === 'path' || place === 'query of the path';
  if (isPath && word === 'key') return false;
  if (typeof found.value === 'object' && (isPath || place === 'text of the body')) return false;
  if (found.where === 'always') return true;
  if (found.where === 'batch') return ofBatch || kind === 'whole';
  return ofBatch && kind === 'chunks' && phase !== 'query';
}

export function manifestOf({ kind, phase, place, ofBatch, word }: Case): unknown {
  const placed = `{${word}}`;
  const path =
    place === 'path' ? `/x:y/${placed}/z` : place === 'query of the path' ? `/x?a=${placed}&b=%20` : '/x';
  const body = {
    body: { id: '{token}', at: placed },
    'text of the body': { id: '{token}', at: `<${placed}> {{}}` },
    'list of the body': { id: '{token}', at: [1, placed] },
    'name in the body': { [placed]: '{token}' },
  }[place as string] ?? { id: '{token}' };
  const plain = { method: 'POST', path: '/plain/{token}', body: { id: '{token}' } };
  const placedCall = { method: 'POST', path, body };
  const call = ofBatch ? { ...plain, batch: placedCall } : placedCall;
  return {
    ...{ name: 'office', title: 'Office', adapter: 'rest', takes: { 'benefit.adjusted': {} } },
    calls: { ...Object.fromEntries(phases.map((each) => [each, plain])), [phase]: call },
    ...(kind !== 'none' && { batch: { by: kind } }),
    capabilities: {
      prepare: 'reserve',
      undo: 'inverse',
      query: true,
      idempotent: 'native-key',
      tombstone: true,
    },
  };
}
