import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CaseFigures, ReserveFigures } from '#bench/reserve/figures.ts';
import { reserveRows } from '#bench/reserve/rows.ts';
import { broken } from '#bench/rows.ts';

const counted = (calls: number, more: Partial<CaseFigures> = {}): CaseFigures => ({
  ...{ calls, writeUnits: calls, business: 0, hops: 1, events: 0 },
  ...more,
});
/** A handler exactly at the bounds that gate. */
const figures = (name: string, more: Partial<ReserveFigures> = {}): ReserveFigures => ({
  ...{ name, bytes: 100_000, gzip: 40_000, wallMs: 160, logBytes: 200 },
  cases: {
    success: counted(2, { business: 2, hops: 3 }),
    ...{ replay: counted(1), taken: counted(1), refused: counted(2, { business: 2 }) },
  },
  cpuUs: { success: 100, replay: 50, taken: 50, refused: 100 },
  cold: { cpuMs: 30, wallMs: 30, rssMb: 10 },
  contention: { winners: 1, calls: 101, cpuMsPerClient: 1, p99Ms: 50 },
  ...more,
});
const peer = figures('peer', {
  cpuUs: { success: 1000, replay: 500, taken: 500, refused: 1000 },
  cold: { cpuMs: 300, wallMs: 300, rssMb: 100 },
});
const beside = (lockstep: ReserveFigures) => [lockstep, peer, figures('floor')];
const good = figures('lockstep');
/** This handler, with one case of a request changed. */
const withCase = (as: keyof ReserveFigures['cases'], change: Partial<CaseFigures>) =>
  figures('lockstep', { cases: { ...good.cases, [as]: { ...good.cases[as], ...change } } });
const contended = (change: Partial<ReserveFigures['contention']>) =>
  figures('lockstep', { contention: { ...good.contention, ...change } });

describe('the bench of a reservation', () => {
  it('gates M1 to M4 and M8, and passes a handler exactly at their bounds', () => {
    const rows = reserveRows(beside(good));
    expect(broken(rows)).toEqual([]);
    expect(rows.filter(({ gate }) => gate).map(({ metric, bound }) => `${metric} ${bound}`)).toEqual([
      ...['M1 = 2 / 1 / 1 / 2', 'M2 = 2 / 1 / 1 / 2', 'M3 ≤ 3', 'M4 = 0', 'M8 = 1', 'M8 ≤ 101'],
    ]);
  });

  it.each([
    ['a call more for a success', 'M1 3 / 1 / 1 / 2', withCase('success', { calls: 3 })],
    ['a call more for a replay', 'M1 2 / 2 / 1 / 2', withCase('replay', { calls: 2 })],
    ['a call fewer than it needs', 'M1 2 / 1 / 1 / 1', withCase('refused', { calls: 1 })],
    ['a write unit more', 'M2 2 / 1 / 2 / 2', withCase('taken', { writeUnits: 2 })],
    ['a fourth call in a row', 'M3 4', withCase('success', { hops: 4 })],
    ['a system asked for one that is too late', 'M4 1', withCase('taken', { business: 1 })],
    ['two winners of one slot', 'M8 2', contended({ winners: 2 })],
    ['no winner', 'M8 0', contended({ winners: 0 })],
    ['a call more under contention', 'M8 102', contended({ calls: 102 })],
  ])('breaks at %s', (_, expected, worse) => {
    const found = broken(reserveRows(beside(worse)));
    expect(found.map(({ metric, lockstep }) => `${metric} ${lockstep}`)).toEqual([expected]);
  });

  it('tells what is slow or large, and gates none of it', () => {
    const slow = figures('lockstep', { gzip: 60_000, logBytes: 900, cpuUs: peer.cpuUs, cold: peer.cold });
    const rows = reserveRows(beside(slow));
    expect(broken(rows)).toEqual([]);
    expect(rows.filter(({ holds }) => holds === false).map(({ metric }) => metric)).toEqual([
      ...['M5', 'M6', 'M6', 'M7', 'M9'],
    ]);
  });
});

describe('npm run bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bounds-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (reserve: ReserveFigures[]) => {
    const file = join(folder, 'figures.json');
    writeFileSync(file, JSON.stringify({ reserve }));
    const script = join(import.meta.dirname, '../../bench/run.ts');
    return spawnSync(process.execPath, [script, '--only', 'reserve', '--from', file], { encoding: 'utf8' });
  };

  it('ends with 0 where all bounds hold, and with 1 and their names where some are broken', () => {
    const { status, stdout } = run(beside(good));
    expect([status, stdout.includes('M8')]).toEqual([0, true]);
    const worse = run(
      beside({ ...withCase('taken', { business: 2 }), contention: contended({ calls: 303 }).contention }),
    );
    expect(worse.status).toBe(1);
    expect(worse.stderr.match(/BROKEN M\d/g)).toEqual(['BROKEN M4', 'BROKEN M8']);
  });
});
