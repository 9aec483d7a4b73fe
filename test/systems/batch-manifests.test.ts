import { describe, expect, it, onTestFinished } from 'vitest';
import { forBatch } from '#domain/participants/batches/batch-calls.ts';
import { httpRequest } from '#domain/participants/http/json-call.ts';
import { queryResultFrom, voteFromReply } from '#domain/participants/http/votes.ts';
import { systemClock } from '#lib/clock.ts';
import type { Ask, Batch, Chunk, Phase } from '#systems/protocol.ts';
import { offices } from './open-office.ts';

const token = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
const all = Array.from({ length: 1_200 }, (_, i) => ({
  id: `p-${i}`,
  amount_minor: 2_500,
  payee: `Payee ${i}`,
}));
const totals = (count: number) => ({ count, amount_minor: count * 2_500 });
const batch: Batch = {
  ...totals(1_200),
  async *items() {
    yield* all;
  },
};
const chunk = (index: number): Chunk => {
  const items = all.slice(index * 500, index * 500 + 500);
  return { index, first: index * 500, items, ...totals(items.length) };
};

/**
 * An office called exactly as its manifest describes batches, with its answers read by the
 * manifest.
 */
async function asked(name: 'debit' | 'dashboard') {
  const { serve, manifest, headers } = offices[name];
  const served = await serve({ clock: systemClock });
  onTestFinished(() => served.close());
  const system = forBatch(manifest);
  const ask: Ask = {
    ...{
      system,
      outsideToken: token,
      key: 'k',
      type: 'benefit.adjusted',
      payload: { state: 'OH', delta_usd: 25 },
      batch,
    },
    ...{ notAfter: Date.now() + 20_000, acceptedAt: Date.now() },
  };
  const send = async (phase: Phase | 'query', about: Ask) => {
    const { method, path, body } = httpRequest(about, phase);
    const answer = await fetch(served.url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return {
    url: served.url,
    vote: async (phase: Phase, chunk?: Chunk) => {
      const about = { ...ask, ...(chunk && { chunk }) };
      return voteFromReply(await send(phase, about), about, phase);
    },
    stands: async () => queryResultFrom(await send('query', ask), ask),
  };
}

describe('the debit-card vendor, through its manifest', () => {
  it('accepts every chunk in every phase, and answers the chunk’s totals', async () => {
    const debit = await asked('debit');
    for (const phase of ['prepare', 'commit'] as const)
      for (const [index, count] of [500, 500, 200].entries())
        expect(await debit.vote(phase, chunk(index))).toEqual({ vote: 'yes', totals: totals(count) });
    expect(await debit.stands()).toEqual({ stands: 'committed' });
    expect(await debit.vote('rollback', chunk(0))).toEqual({ vote: 'yes', totals: totals(500) });
    expect(await debit.stands()).toMatchObject({ stands: 'unknown' });
    for (const index of [1, 2]) await debit.vote('rollback', chunk(index));
    expect(await debit.stands()).toEqual({ stands: 'rolled-back' });
  });

  it('names the item that it refuses', async () => {
    const debit = await asked('debit');
    const order = { call: 'prepare', behaviour: 'refuse', item: 'p-731', key: token };
    await fetch(`${debit.url}/control`, { method: 'POST', body: JSON.stringify(order) });
    expect(await debit.vote('prepare', chunk(0))).toMatchObject({ vote: 'yes' });
    expect(await debit.vote('prepare', chunk(1))).toMatchObject({
      vote: 'no',
      items: [{ id: 'p-731', reason: 'declined' }],
    });
  });

  it('answers absent for a chunk that never came', async () => {
    const debit = await asked('debit');
    expect(await debit.vote('rollback', chunk(2))).toMatchObject({ vote: 'no', absent: true });
    expect(await debit.vote('commit', chunk(2))).toMatchObject({ vote: 'no', reason: 'rolled-back' });
  });
});

it('the dashboard, through its manifest, takes the totals of a batch in every phase', async () => {
  const dashboard = await asked('dashboard');
  for (const phase of ['prepare', 'commit', 'rollback'] as const)
    expect(await dashboard.vote(phase)).toEqual({ vote: 'yes', totals: totals(1_200) });
});
