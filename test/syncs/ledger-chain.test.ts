import { expect, it } from 'vitest';
import { brokenAt, chained, hashOf, noHash, type Row } from '#domain/syncs/ledger-chain.ts';

const empty = { syncId: 't-1', seq: 0, head: noHash, rows: [] as Row[] };
const successRow = (system: string, action: string) => ({ system, action, result: 'success' });
const at = Date.parse('2027-01-15T08:00:00Z');
const chain = () => {
  const first = chained(empty, at, [successRow('lockstep', 'accept'), successRow('debit', 'prepare')]);
  return chained({ ...first, rows: [] }, at + 1, [
    successRow('cheques', 'prepare'),
    { ...successRow('lockstep', 'decide'), attempt: 2, detail: 'all say yes' },
  ]);
};
const rows = (): Row[] =>
  structuredClone([
    ...chained(empty, at, [successRow('lockstep', 'accept'), successRow('debit', 'prepare')]).rows,
    ...chain().rows,
  ]);

it('a ledger row has time, sync, system, action and result, and the hash of the row before it', () => {
  const all = rows();
  expect(all.map(({ seq, time, attempt }) => [seq, time, attempt])).toEqual([
    [1, '2027-01-15T08:00:00.000Z', 1],
    [2, '2027-01-15T08:00:00.000Z', 1],
    [3, '2027-01-15T08:00:00.001Z', 1],
    [4, '2027-01-15T08:00:00.001Z', 2],
  ]);
  expect(all.map(({ prev }) => prev)).toEqual([noHash, ...all.slice(0, 3).map(({ hash }) => hash)]);
  expect(all[3]).toMatchObject({
    event_id: 't-1',
    system: 'lockstep',
    action: 'decide',
    result: 'success',
    detail: 'all say yes',
  });
  expect(chain()).toMatchObject({ seq: 4, head: all[3]?.hash });
});

it('an unchanged ledger chain verifies, however many writes made it', () => {
  expect(brokenAt(rows())).toBeUndefined();
  expect(brokenAt([])).toBeUndefined();
});

const sealed = (row: Row): Row => ({ ...row, hash: hashOf(row) });
it.each<[string, (rows: Row[]) => (Row | undefined)[], number]>([
  ['changed', ([a, b, c, d]) => [a, { ...b!, result: 'refused' }, c, d], 2],
  ['changed, and its hash with it', ([a, b, c, d]) => [a, sealed({ ...b!, result: 'refused' }), c, d], 3],
  ['given another time', ([a, b, c, d]) => [a, b, c, { ...d!, time: '2027-01-15T09:00:00.000Z' }], 4],
  ['given a field more', ([a, b, c, d]) => [a, { ...b!, by: { role: 'operator' } }, c, d], 2],
  ['numbered otherwise, and its hash with it', ([a, b, c, d]) => [a, b, c, sealed({ ...d!, seq: 9 })], 9],
  ['dropped', ([a, , c, d]) => [a, c, d], 3],
  ['dropped at the beginning', ([, b, c, d]) => [b, c, d], 2],
  ['swapped with the next', ([a, b, c, d]) => [a, c, b, d], 3],
  ['repeated', ([a, b, c, d]) => [a, b, b, c, d], 2],
])('a ledger chain is broken at the first row that was %s', (_, tampered, seq) => {
  expect(brokenAt(tampered(rows()) as Row[])?.seq).toBe(seq);
});

it('equal rows of two syncs have different hashes', () => {
  const other = chained({ ...empty, syncId: 't-2' }, at, [successRow('lockstep', 'accept')]);
  expect(other.head).not.toBe(chained(empty, at, [successRow('lockstep', 'accept')]).head);
  expect(brokenAt([...rows().slice(0, 1), ...other.rows])?.event_id).toBe('t-2');
});
