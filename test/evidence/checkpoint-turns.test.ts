import { beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '#domain/syncs/evidence/checkpoint.ts';
import { headsUnder, newestCheckpoints } from '#domain/syncs/evidence/checkpoints.ts';
import { makeCheckpoints, mostMinutes } from '#domain/syncs/evidence/make-checkpoints.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import { noHash } from '#lib/proof/hash-chain.ts';
import { type EvidenceWorld, evidenceWorld } from './evidence-world.ts';
import { head, image } from './heads.ts';

let w: EvidenceWorld;
const all = async () => (await newestCheckpoints(w.ledger, 100)).reverse();
const headsOf = async (number: number) => headsUnder(w.ledger, (await all())[number - 1]!.said.root);

beforeEach(async () => {
  w = evidenceWorld();
  await w.turn();
});

describe('concurrent runs of the checkpoint schedule', () => {
  it('make one checkpoint; the late ones end', async () => {
    await w.record([image(1, 1)]);
    w.pass(120);
    const turns = await Promise.all([w.turn(), w.turn(), w.turn()]);
    expect(turns.map(({ made }) => made).toSorted()).toEqual([0, 0, 1]);
    expect((await all()).map(({ said }) => said.number)).toEqual([1, 2]);
  });

  it('never fork the chain, even when an index lags for one of them', async () => {
    await w.record([image(1, 1)]);
    w.pass(60);
    await w.record([image(2, 1)]);
    w.pass(120);
    // One index does not show the first minute yet.
    const lagging: AppendOnly = {
      ...w.ledger,
      queryRecorded: (query) =>
        query.pk.startsWith('2027-01-15T08:00')
          ? Promise.resolve({ items: [] })
          : w.ledger.queryRecorded(query),
    };
    await Promise.all([w.turn(), makeCheckpoints({ ...w.tools, ledger: lagging })]);
    await w.turn();
    const chain = await all();
    for (const [i, { said }] of chain.entries())
      expect(said).toMatchObject({ number: i + 1, prev: i === 0 ? noHash : idOf(chain[i - 1]!.text) });
    const covered = (await Promise.all(chain.map(({ said }) => headsUnder(w.ledger, said.root)))).flat();
    expect(covered).toEqual(expect.arrayContaining([head(1, 1), head(2, 1)]));
  });
});

describe('a checkpoint run that crashes', () => {
  it.each(['keep-leaves', 'keep-checkpoint'])(
    'at %s is followed by a run that makes the same checkpoint',
    async (label) => {
      await w.record([image(1, 1), image(2, 1)]);
      w.pass(120);
      const texts: string[] = [];
      const signBytes = (bytes: Uint8Array) => {
        texts.push(Buffer.from(bytes).toString());
        return w.signer.signBytes(bytes);
      };
      const signer = { ...w.signer, signBytes };
      const dying: AppendOnly = {
        ...w.ledger,
        appendItem: (put) =>
          put.label === label ? Promise.reject(new Error('died')) : w.ledger.appendItem(put),
      };
      await expect(makeCheckpoints({ ...w.tools, signer, ledger: dying })).rejects.toThrow('died');
      await makeCheckpoints({ ...w.tools, signer });
      expect(new Set(texts).size).toBe(1);
      expect(await headsOf(2)).toEqual([head(1, 1), head(2, 1)]);
      expect((await all())[1]!.text).toBe(texts[0]);
    },
  );
});

describe('after an outage, the checkpoint schedule', () => {
  it('catches up minute by minute over several runs, and skips no row', async () => {
    for (let n = 0; n < 100; n++) {
      await w.record([image(n % 16, n + 1)]);
      w.pass(60);
    }
    w.pass(60);
    const turns = [];
    for (let made = 1; made > 0; ) {
      const turn = await w.turn();
      turns.push(turn);
      made = turn.made;
    }
    expect(turns.map(({ made }) => made)).toEqual([mostMinutes - 1, mostMinutes, mostMinutes, 11, 0]);
    expect((await all()).flatMap(({ said }) => said.leaves).reduce((sum, leaves) => sum + leaves, 0)).toBe(
      100,
    );
  });

  it('skips a quiet day, and signs the row after it', async () => {
    w.pass(24 * 3600);
    await w.record([image(1, 1)]);
    w.pass(120);
    let turns = 0;
    while ((await all()).at(-1)!.said.leaves === 0) {
      await w.turn();
      turns += 1;
      expect(turns).toBeLessThanOrEqual(24 * 2 + 1);
    }
    expect((await all()).length).toBeLessThanOrEqual(24 * 2 + 2);
  });
});
