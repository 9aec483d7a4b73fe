import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { checkItem } from '#domain/syncs/evidence/verify/check-item.ts';
import { checkResults } from '#domain/syncs/evidence/verify/check-results.ts';
import { eventually } from './running-lockstep.ts';
import { newPublisher, offices } from './served-offices.ts';
import {
  all,
  cents,
  everywhere,
  expectVerifiedUpToSigned,
  idOf,
  lines,
  newBatch,
  none,
  payments,
  uploaded,
} from './uploaded-batches.ts';

const count = 2_000;
const picked = 1_234;
/** A tenant with a batch that is uploaded but not sent. */
async function ready() {
  const tenant = await newPublisher();
  const upload = await uploaded(tenant.publisher, count, gzipSync(lines(count)), {
    content_encoding: 'gzip',
  });
  const batch = newBatch(tenant);
  return { ...tenant, batch, start: () => batch.send(upload) };
}

describe('an accepted batch of 2,000 payments', () => {
  it('is in the books of all three systems to the cent, is proved item by item, and undone by one token', async () => {
    const { batch, start, comes, publisher } = await ready();
    await start();
    await comes(batch.id, 'committed');
    expect(await batch.books()).toEqual({ stands: all(count), states: everywhere('committed'), most: 1 });
    const done = { phase: 'commit', done: count, total: count };
    expect(await batch.progress()).toEqual(
      ['cheques', 'dashboard', 'debit'].map((system) => ({ system, ...done })),
    );
    expect(await batch.results()).toEqual(['committed']);
    const listed = await batch.items('limit=99');
    expect(listed.filter(({ receipt }) => receipt?.phase === 'commit')).toHaveLength(99);

    const bundle = await eventually(
      () => publisher('GET', `/api/v1/syncs/${batch.id}/evidence?item=${idOf(picked)}`),
      ({ body }) => (body as Bundle).rows?.at(-1)?.action === 'sync',
    );
    const proof = bundle.body as Bundle;
    await expectVerifiedUpToSigned(proof, bundle.text);
    // The proof of the item verifies whether its rows are signed or not.
    expect(checkResults(proof, {})).toContain(
      `${count.toLocaleString('en-US')} items, ${(count * cents).toLocaleString('en-US')} in all`,
    );
    expect(checkItem(proof, {})).toContain(
      `item ${idOf(picked)} is number ${picked.toLocaleString('en-US')} of the batch`,
    );

    expect((await batch.undo()).status).toBe(202);
    await comes(batch.id, 'undone');
    expect(await batch.books()).toEqual({ stands: none, states: everywhere('rolled-back'), most: 1 });
    expect(await batch.results()).toEqual(['reversed']);
    for (const fate of await batch.fate(idOf(picked))) expect(fate).toMatchObject({ loaded: 1, reversed: 1 });
  });

  it('is in no books when a system refuses one item, which is named; the others are released', async () => {
    const { batch, start, comes } = await ready();
    await offices.tell('debit', {
      call: 'prepare',
      behaviour: 'refuse',
      key: batch.outsideToken,
      item: idOf(picked),
    });
    await start();
    const { decision } = await comes(batch.id, 'rolled_back');
    expect(decision).toMatchObject({
      to: 'abort',
      reason: `debit refuses: refuses item ${idOf(picked)}: declined`,
    });
    expect(await batch.items('result=refused')).toMatchObject([
      { item_id: idOf(picked), system: 'debit', reason: 'declined' },
    ]);
    expect(await batch.results()).toEqual(['refused', 'released']);
    const { stands, states } = await batch.books();
    expect(stands).toEqual(none);
    expect(
      states.filter((state) => state === 'committed' || state === 'reserved' || state === 'partial'),
    ).toEqual([]);
  });

  it('is committed, each payment once, after a system died in the middle of it and came back', async () => {
    const { batch, start, comes } = await ready();
    await offices.tell('debit', { call: 'commit', behaviour: 'die', key: batch.outsideToken, chunk: 2 });
    await start();
    try {
      await eventually(
        () => offices.isUp('debit'),
        (up) => !up,
      );
      const through = await eventually(
        batch.progress,
        (seen) => seen.filter(({ done }) => done === count).length === 2,
      );
      expect(through.find(({ done }) => done < count)).toMatchObject({ system: 'debit', phase: 'commit' });
    } finally {
      await offices.revive('debit');
    }
    expect(await offices.met('debit', batch.outsideToken, 'die')).toBe(true);
    await comes(batch.id, 'committed');
    expect(await batch.books()).toEqual({ stands: all(count), states: everywhere('committed'), most: 1 });
    expect(await batch.results()).toEqual(['committed']);
  });
});

describe('a batch that a later batch builds upon', () => {
  it('is not undone alone: the undo is refused, and a cascade undoes both', async () => {
    const tenant = await newPublisher();
    const [first, second] = [newBatch(tenant), newBatch(tenant)];
    await first.send(payments(40));
    await tenant.comes(first.id, 'committed');
    await second.send(payments(41).slice(38));
    await tenant.comes(second.id, 'committed');
    const { body: plan } = await eventually(
      first.plan,
      ({ body }) => (body.conflicts as object[]).length > 0,
    );
    expect(plan.conflicts).toMatchObject([
      { sync_id: second.id, state: 'committed', subjects: 2, examples: [idOf(39), idOf(40)] },
    ]);
    expect(await first.undo()).toMatchObject({
      status: 409,
      body: { code: 'undo-conflicts', detail: expect.stringContaining(second.id) },
    });
    expect(await first.books()).toMatchObject({ stands: all(40) });
    expect(await first.undo({ later: 'cascade', plan: plan.digest })).toMatchObject({ status: 202 });
    for (const batch of [second, first]) {
      await tenant.comes(batch.id, 'undone');
      expect(await batch.books()).toEqual({ stands: none, states: everywhere('rolled-back'), most: 1 });
    }
  });
});
