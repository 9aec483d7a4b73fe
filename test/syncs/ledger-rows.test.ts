import { beforeEach, describe, expect, it } from 'vitest';
import { chainsOf, judge } from '#cli/ledger.ts';
import { readSyncId } from '#cli/sync-id.ts';
import { ledgerOn, readLedger } from '#domain/syncs/ledger/ledger.ts';
import { jsonLines, rowView } from '#domain/syncs/ledger/row-view.ts';
import { brokenAt, type Row } from '#domain/syncs/ledger-chain.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { keepSyncList } from '#domain/syncs/sync-list.ts';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import type { Item } from '#lib/aws/table.ts';
import { memoryLedger } from '#table/memory-ledger.ts';
import { type SyncWorld, syncId, syncWorld, tenant } from './syncs-world.ts';

let w: SyncWorld;

beforeEach(async () => {
  w = syncWorld();
  w.next('cheques.prepare', 'refuse');
  await w.accept();
  await w.rest();
});

describe('the ledger of a sync', () => {
  it('has rows with fixed field names in a fixed order', async () => {
    const rows = await w.ledger();
    const all = [
      'time',
      'event_id',
      'system',
      'action',
      'result',
      'attempt',
      'detail',
      'request',
      'response',
      'seq',
      'prev',
      'hash',
    ];
    for (const row of rows.map(rowView)) {
      expect(Object.keys(row)).toEqual(all.filter((name) => row[name] !== undefined));
      expect(row).toMatchObject({ event_id: syncId, time: expect.stringMatching(/Z$/) });
    }
    const refusal = rows.map(rowView).find(({ result }) => result === 'refused');
    expect(refusal).toMatchObject({ system: 'cheques', action: 'prepare', detail: 'declined', attempt: 1 });
    expect(Object.keys(refusal ?? {})).toEqual(all);
  });

  it('is exported as JSON Lines, from which its chain verifies', async () => {
    const lines = jsonLines(await w.ledger());
    expect(lines.endsWith('}\n')).toBe(true);
    const rows = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(rows.length).toBeGreaterThan(5);
    expect(brokenAt(rows)).toBeUndefined();
  });

  it('is empty where there is no sync', async () => {
    expect(await readLedger(memoryLedger(), tenant, outsideTokenOf(tenant, syncId))).toEqual([]);
    expect(jsonLines([])).toBe('');
  });
});

describe('the export of a tenant’s ledger', () => {
  it('has the tenant’s chains, each in order, one in memory at a time', async () => {
    const rows = await w.ledger();
    const ledger = memoryLedger();
    const second = { tenant, syncId: syncId.replace(/1$/, '2') };
    await ledgerOn({ ledger, clock: w.clock }).record([
      ...pagesOf(rows),
      ...pagesOf(rows.slice(0, 3), second),
      ...pagesOf(rows, { tenant: `${tenant}-two`, syncId }),
    ]);
    const view = syncEventData(await w.sync());
    const later = { ...view, sync_id: second.syncId, accepted_at: '2027-01-15T09:00:00Z' };
    for (const event of [later, view, { ...later, sync_id: syncId.replace(/1$/, '3') }])
      await keepSyncList(w.store, tenant, 1, event);
    await keepSyncList(w.store, `${tenant}-two`, 1, view);
    const chains: unknown[] = [];
    for await (const chain of chainsOf({ store: w.store, ledger }, tenant)) chains.push(chain);
    expect(chains).toEqual([rows, rows.slice(0, 3)]);
  });

  it('reports that every chain is whole, or the first row that does not follow', async () => {
    const rows = await w.ledger();
    const verdict = (chains: (typeof rows)[]) => {
      const judged = judge();
      chains.forEach(judged.hear);
      return judged.verdict();
    };
    expect(verdict([rows])).toEqual({
      whole: true,
      words: [`${rows.length} rows of 1 syncs; every chain is whole.`],
    });
    const changed = rows.map((row) => (row.seq === 3 ? { ...row, result: 'success' } : row));
    expect(verdict([rows, changed])).toMatchObject({
      whole: false,
      words: [expect.stringContaining(`${syncId}: row 3 `)],
    });
    const dropped = rows.filter(({ seq }) => seq !== 2);
    expect(verdict([dropped]).words).toEqual([expect.stringContaining('row 3 ')]);
  });

  it('accepts a syncId in any spelling, and nothing else', () => {
    expect(readSyncId(`urn:uuid:${syncId.toUpperCase()}`)).toBe(syncId);
    expect(() => readSyncId('42')).toThrow('42 is not the id of a sync');
  });

  const pagesOf = (rows: Awaited<ReturnType<SyncWorld['ledger']>>, of = { tenant, syncId }): Item[] =>
    rows.map((row, i) => ({
      pk: `${of.tenant}#sync#${outsideTokenOf(of.tenant, of.syncId)}`,
      sk: 'sync',
      v: i + 1,
      rows: [row],
    }));
});
