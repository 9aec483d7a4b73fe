import { describe, expect, it } from 'vitest';
import type { Vote } from '#systems/protocol.ts';
import { batchOf, office } from './chunk-office.ts';

describe('the rollback of a batch in chunks', () => {
  const absent = (): Vote => ({ vote: 'no', reason: 'never heard of it', absent: true });

  it('reports as absent a batch, or a part of it, that the system has never heard of', async () => {
    const [never, partly] = [office(), office({ tookMs: 400 })];
    for (let at = 0; at < 60; at++) never.answers[at] = absent;
    expect((await never.run(batchOf(30_000), { phase: 'rollback' })).said).toMatchObject({
      vote: 'no',
      absent: true,
    });
    partly.answers[0] = absent;
    expect((await partly.run(batchOf(30_000), { phase: 'rollback', notAfter: 4_000 })).said).toEqual({
      vote: 'ongoing',
      more: true,
    });
    delete partly.answers[0];
    expect((await partly.run(batchOf(30_000), { phase: 'rollback', again: true })).said).toMatchObject({
      vote: 'no',
      absent: true,
    });
  });

  it('is refused where a chunk was done and is unknown to the system now', async () => {
    const { run, answers } = office({ tookMs: 600 });
    await run(batchOf(30_000), { notAfter: 9_000 });
    answers[0] = absent;
    const { said } = await run(batchOf(30_000), { phase: 'rollback', basis: 'truefalse' });
    expect(said).toMatchObject({
      vote: 'no',
      reason: 'committed a part of it, and has never heard of it now',
    });
    expect(said).not.toHaveProperty('absent');
  });

  it('starts again when the basis has changed, so that chunks that were committed meanwhile are rolled back', async () => {
    const { run, seen } = office({ tookMs: 100 });
    await run(batchOf(30_000), { phase: 'rollback' });
    await run(batchOf(30_000), { phase: 'rollback', again: true });
    expect(seen().calls).toBe(60);
    await run(batchOf(30_000), { phase: 'rollback', again: true, basis: 'truefalse' });
    expect(seen().calls).toBe(120);
  });
});
