import { forBatch } from '#domain/participants/batches/batch-calls.ts';
import type { Ask } from '#domain/participants/line.ts';
import { httpRequest } from '#domain/participants/lines/http/http-line.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Batch, Chunk } from '#systems/protocol.ts';
import { randomFrom } from '#test/simulation/engine/random.ts';
import type { Simulator } from '#test/simulation/engine/simulator.ts';
import {
  type Case,
  caseOf,
  isDue,
  items,
  known,
  manifestOf,
  payload,
  token,
  totals,
} from './placeholder-cases.ts';

type Seen = Case & { violations: string[]; accepted: boolean };

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
