import { describe, expect, it } from 'vitest';
import type { Vote } from '#systems/protocol.ts';
import { batchOf, office } from './chunk-office.ts';

describe('a rollback', () => {
  const absent = (): Vote => ({ vote: 'no', reason: 'it has no record of this sync', absent: true });

  it('says so where they have never heard of the batch, or of a part of it, whoever goes on', async () => {
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

  it('is refused where a chunk was done, and is never heard of now, whatever was known of the whole', async () => {
    const { run, answers } = office({ tookMs: 600 });
    await run(batchOf(30_000), { notAfter: 9_000 });
    answers[0] = absent;
    const { said } = await run(batchOf(30_000), { phase: 'rollback', basis: 'truefalse' });
    expect(said).toMatchObject({
      vote: 'no',
      reason: 'it committed a part of the batch, and has no record of it now',
    });
    expect(said).not.toHaveProperty('absent');
  });

  it('begins anew where more is known to be there: what has come in the meantime is rolled back too', async () => {
    const { run, seen } = office({ tookMs: 100 });
    await run(batchOf(30_000), { phase: 'rollback' });
    await run(batchOf(30_000), { phase: 'rollback', again: true });
    expect(seen().calls).toBe(60);
    await run(batchOf(30_000), { phase: 'rollback', again: true, basis: 'truefalse' });
    expect(seen().calls).toBe(120);
  });
});
