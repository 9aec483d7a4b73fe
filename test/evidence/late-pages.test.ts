import { beforeEach, describe, expect, it } from 'vitest';
import { keys } from '#domain/keys.ts';
import { headsUnder, newestCheckpoints } from '#domain/syncs/evidence/checkpoints.ts';
import { findCover } from '#domain/syncs/evidence/find-cover.ts';
import { type EvidenceWorld, evidenceWorld } from './evidence-world.ts';
import { head, image, wireOf } from './heads.ts';

let w: EvidenceWorld;
const all = async () => (await newestCheckpoints(w.ledger, 100)).reverse();
const headsOf = async (number: number) => headsUnder(w.ledger, (await all())[number - 1]!.said.root);

beforeEach(async () => {
  w = evidenceWorld();
  await w.turn();
});

describe('a ledger page that arrives late', () => {
  /** As if the relay had paused between its clock read and its write. */
  const recordLate = async (n: number, seq: number, minute: string) => {
    await w.record([image(n, seq)]);
    const page = w.ledger.peek(keys.ledger('acme', wireOf(n), seq))!;
    await w.ledger.putItem({
      label: 'seed',
      item: { ...page, minute: `${minute}#${n % 4}` },
      condition: 'attribute_exists(#pk)',
    });
  };

  it('is in the next checkpoint, once, and is found by its own minute', async () => {
    await w.record([image(1, 1), image(2, 1)]);
    w.pass(120);
    await w.turn();
    await recordLate(1, 3, '2027-01-15T08:00');
    await recordLate(3, 1, '2027-01-15T08:00');
    w.pass(60);
    expect(await w.turn()).toMatchObject({ made: 1, upTo: '2027-01-15T08:01' });
    expect(await headsOf(3)).toEqual([head(1, 3), head(3, 1)]);
    w.pass(60);
    expect(await w.turn()).toMatchObject({ made: 0 });
    const pages = [
      { minute: '2027-01-15T08:00#1', seq: 1 },
      { minute: '2027-01-15T08:00#1', seq: 3 },
    ];
    expect(await findCover(w.ledger, wireOf(1), pages)).toMatchObject({
      head: head(1, 3),
      index: 0,
      checkpoint: { said: { number: 3 } },
    });
    expect(await findCover(w.ledger, wireOf(2), [{ minute: '2027-01-15T08:00#2', seq: 1 }])).toMatchObject({
      head: head(2, 1),
    });
    expect(await findCover(w.ledger, wireOf(9), [{ minute: '2027-01-15T08:00#1', seq: 1 }])).toBeUndefined();
  });

  it('does not delay the signature of an earlier row', async () => {
    await w.record([image(1, 1)]);
    w.pass(130);
    await w.turn();
    await w.record([image(1, 2)]);
    const pages = [
      { minute: '2027-01-15T08:00#1', seq: 1 },
      { minute: '2027-01-15T08:02#1', seq: 2 },
    ];
    expect(await findCover(w.ledger, wireOf(1), pages)).toMatchObject({ head: head(1, 1) });
  });
});
