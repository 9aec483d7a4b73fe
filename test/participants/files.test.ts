import { describe, expect, it } from 'vitest';
import { hex, itemsOf, load, scene } from './file-scene.ts';
import { accepted } from './folder.ts';

describe('a batch as a file', () => {
  it('is written under a name that the system ignores, transferred by a rename, and undone by a reversal file', async () => {
    const s = scene();
    const totals = { count: 1_000, amount_minor: s.batch.amount_minor };
    expect(await s.query()).toEqual({ stands: 'absent' });
    expect(await s.ask('prepare')).toEqual({ vote: 'yes', totals });
    expect(s.names()).toEqual([`${load}.part`]);
    expect(await s.query()).toEqual({ stands: 'prepared' });
    const { header, records } = await s.decoded(`${load}.part`);
    expect(header).toMatchObject({ kind: 'LOAD', token: hex, created: '20270115T080000Z' });
    expect(records[3]).toMatchObject({ id: 'pay-3', amount_minor: -3 });
    expect(await s.ask('commit')).toEqual({ vote: 'yes', totals });
    expect(s.names()).toEqual([`${load}.rsp`]);
    expect(await s.query()).toEqual({ stands: 'committed' });
    s.says.line = (answer) => accepted(answer);
    expect(await s.ask('rollback')).toEqual({ vote: 'yes', totals });
    expect(s.names()).toEqual([`${load}-R.rsp`, `${load}.rsp`, `${load}.void`]);
    expect(await s.query()).toEqual({ stands: 'rolled-back' });
  });

  it('is reversed amount by amount, under the token and date of the original', async () => {
    const s = scene({ items: itemsOf(10) });
    await s.ask('prepare');
    await s.ask('commit');
    s.pass(6 * 86_400_000 + 3_600_000);
    s.says.line = () => undefined;
    expect(await s.ask('rollback')).toEqual({ vote: 'ongoing' });
    const { header, totals, records } = await s.decoded(`${load}-R.dat`);
    expect(header).toMatchObject({ kind: 'REVERSAL', token: hex, created: '20270115T080000Z' });
    expect(totals).toEqual({ count: 10, amount_minor: -s.batch.amount_minor });
    expect(records[3]).toMatchObject({ id: 'pay-3', amount_minor: 3 });
    expect(await s.query()).toEqual({ stands: 'ongoing' });
  });

  it('answers a repeat of each phase the same, without a second effect', async () => {
    const s = scene();
    for (const phase of ['prepare', 'commit', 'rollback'] as const) {
      const first = await s.ask(phase);
      const before = [...s.operations];
      expect(await s.ask(phase)).toEqual(first);
      expect(s.operations.slice(before.length).filter((each) => !each.startsWith('remove'))).toEqual([]);
    }
    expect(s.operations.filter((each) => each.startsWith('rename'))).toHaveLength(2);
  });
});

describe('a file that is being written', () => {
  it('stops after a whole record when time is up, and continues from there', async () => {
    const s = scene({ tickMs: 600, items: itemsOf(3_000) });
    expect(await s.ask('prepare')).toEqual({ vote: 'ongoing', more: true });
    const size = s.stored.get(`${load}.part`)?.length ?? 0;
    expect([size % 81, size > 81, size < 3_002 * 81]).toEqual([0, true, true]);
    expect(await s.query()).toEqual({ stands: 'absent' });
    let vote = await s.ask('prepare');
    for (let turn = 0; vote.vote === 'ongoing' && turn < 20; turn++) vote = await s.ask('prepare');
    expect(vote).toMatchObject({ vote: 'yes' });
    expect((await s.decoded(`${load}.part`)).totals).toEqual({
      count: 3_000,
      amount_minor: s.batch.amount_minor,
    });
    expect(s.operations.filter((each) => each.endsWith(' 0'))).toHaveLength(1);
  });

  it('continues from its last whole record after a lost connection', async () => {
    const s = scene();
    await s.ask('prepare');
    const whole = s.stored.get(`${load}.part`) as Buffer;
    for (const left of [1, 80, 81, 82, 40_000, whole.length - 1]) {
      s.stored.set(`${load}.part`, whole.subarray(0, left));
      expect(await s.ask('prepare')).toMatchObject({ vote: 'yes' });
      expect(s.stored.get(`${load}.part`)?.equals(whole), `from byte ${left}`).toBe(true);
    }
  });

  it('that reads back differently is truncated before the difference, and gets no yes', async () => {
    const s = scene();
    await s.ask('prepare');
    const bent = Buffer.from(s.stored.get(`${load}.part`) as Buffer);
    bent[200] = (bent[200] ?? 0) ^ 1;
    s.stored.set(`${load}.part`, bent);
    expect(await s.ask('prepare')).toMatchObject({ vote: 'unknown', sent: true });
    expect(s.stored.get(`${load}.part`)?.length).toBe(0);
    expect([await s.query(), await s.ask('prepare')]).toMatchObject([{ stands: 'absent' }, { vote: 'yes' }]);
    expect((await s.decoded(`${load}.part`)).totals.count).toBe(1_000);
  });

  it('is refused when an item does not fit its record, and the item is named', async () => {
    for (const [item, reason] of [
      [{ id: 'x', amount_minor: 1, payee: 'Zoë 😀' }, 'payee: character'],
      [{ id: 'y', amount_minor: 1, payee: 'P'.repeat(41) }, 'payee: overflow'],
      [{ id: 'z', amount_minor: 10 ** 12 }, 'amount_minor: overflow'],
    ] as const) {
      const s = scene({ items: [...itemsOf(500), item] });
      const vote = { vote: 'no', reason: `cannot be written: ${reason}`, items: [{ id: item.id, reason }] };
      expect([await s.ask('prepare'), s.names()]).toEqual([vote, []]);
    }
  });
});

it('a commit without a file and without an answer is unknown', async () => {
  const gone = { vote: 'unknown', reason: 'neither its file nor an answer is there', sent: true };
  expect(await scene().ask('commit')).toEqual(gone);
});
