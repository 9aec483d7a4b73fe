import { forBatch } from '#domain/participants/batches/batch-calls.ts';
import { httpRequest } from '#domain/participants/http/json-call.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Ask, Batch, Chunk } from '#systems/protocol.ts';
import { type Random, randomFrom } from '#test/simulation/engine/random.ts';
import type { Simulator } from '#test/simulation/engine/simulator.ts';

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
const token = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
const totals = { count: 3, amount_minor: -750 };
const items = [{ id: 'p/1', amount_minor: -750 }];
const payload = { state: "O'H/é?&=%+ {token}", delta_usd: 25, nested: { deep: true } };

/** Every placeholder of docs/adapters.md with its value, and where that page says that it is. */
const known: Record<string, { value: unknown; where: 'always' | 'batch' | 'chunk' }> = {
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

type Case = {
  kind: (typeof kinds)[number];
  phase: (typeof phases)[number];
  place: (typeof places)[number];
  ofBatch: boolean;
  word: string;
};
type Seen = Case & { violations: string[]; accepted: boolean };

const caseOf = (random: Random): Case => ({
  kind: random.pick(kinds),
  phase: random.pick(phases),
  place: random.pick(places),
  ofBatch: random.chance(0.6),
  word: random.chance(0.75) ? random.pick(Object.keys(known)) : random.pick(unknown),
});

/** Whether docs/adapters.md says that there is a value. */
function isDue({ kind, phase, place, ofBatch, word }: Case): boolean {
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

function manifestOf({ kind, phase, place, ofBatch, word }: Case): unknown {
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

async function history(seed: number): Promise<Seen> {
  const one = caseOf(randomFrom(seed));
  const name = `${one.phase}${one.ofBatch ? ' of a batch' : ''} by ${one.kind}, {${one.word}} in the ${one.place}`;
  const result = manifest.safeParse(manifestOf(one));
  // Whether a call may have a part of its own for a batch is not about placeholders.
  const due = one.ofBatch && one.kind === 'none' ? result.success : isDue(one);
  const odd = result.success === due ? [] : [`${name}: ${due ? 'refused' : 'accepted'}`];
  const sent = result.success && due ? faultsOf(one, result.data).map((fault) => `${name}: ${fault}`) : [];
  return { ...one, accepted: result.success, violations: [...odd, ...sent] };
}

/** What is sent has the value where the placeholder was, and nothing of the placeholder. */
function faultsOf({ kind, phase, place, ofBatch, word }: Case, parsed: Manifest): string[] {
  if (ofBatch && kind === 'none') return [];
  const batch: Batch = { ...totals, items: async function* () {} };
  const chunk: Chunk = { ...totals, index: 7, first: 0, items };
  const ask: Ask = {
    ...{ system: ofBatch ? forBatch(parsed) : parsed, outsideToken: token, key: `${token}:office:x:0` },
    ...{ type: 'benefit.adjusted', payload, acceptedAt: 0, notAfter: Date.parse('2027-01-15T08:00:00Z') },
    ...((ofBatch || kind === 'whole') && { batch }),
    ...(ofBatch && kind === 'chunks' && phase !== 'query' && { chunk }),
  };
  let request: { path: string; body?: unknown };
  try {
    request = httpRequest(ask, phase);
  } catch (error) {
    return [(error as Error).message];
  }
  const { path, body } = JSON.parse(JSON.stringify(request)) as {
    path: string;
    body: Record<string, unknown>;
  };
  const value = known[word]?.value;
  const strays = /[^\w\-.~!$&'()*+,;=:@%/?]/.exec(path);
  if (strays) return [`'${strays[0]}' is in the path`];
  const is = (found: unknown, expected: unknown) =>
    JSON.stringify(found) === JSON.stringify(expected) ? [] : [`sends ${JSON.stringify(found)}`];
  if (place === 'path') return is(decodeURIComponent(path.split('/')[2] ?? ''), String(value));
  if (place === 'query of the path')
    return is(
      [...new URLSearchParams(path.split('?')[1])],
      [
        ['a', String(value)],
        ['b', ' '],
      ],
    );
  if (place === 'text of the body') return is(body.at, `<${value}> {}`);
  if (place === 'list of the body') return is(body.at, [1, value]);
  return place === 'body' ? is(body.at, value) : is(Object.keys(body), [`{${word}}`]);
}

type Sum = { manifests: number; accepted: number; refused: number };

export const simulator: Simulator<Seen, Sum> = {
  history,
  emptyTally: () => ({ manifests: 0, accepted: 0, refused: 0 }),
  tally: (sum, { accepted }) => {
    sum.manifests += 1;
    sum[accepted ? 'accepted' : 'refused'] += 1;
  },
  lines: (seen) => [JSON.stringify(seen)],
};
