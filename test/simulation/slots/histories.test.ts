import { beforeAll, describe, expect, it } from 'vitest';
import { isLong } from '#test/long.ts';
import { summed, tallies } from '#test/simulation/engine/shards.ts';
import type { Tally } from './tally.ts';

const histories = Number(process.env.HISTORIES ?? (isLong ? 100_000 : 10_000));
let all: Tally[];

const sum = (name: keyof Omit<Tally, 'calls' | 'faults'>): number =>
  all.reduce((total, tally) => total + tally[name], 0);

describe(`${histories.toLocaleString('en')} random histories of crashes, pauses, skew, lost and repeated calls`, () => {
  beforeAll(async () => {
    all = await tallies('slots', histories);
  }, 1_800_000);

  it('keep every invariant', () => {
    expect(sum('histories')).toBeGreaterThanOrEqual(histories);
    expect(sum('parked')).toBe(0);
    process.stderr.write(
      `${sum('histories')} histories: ${sum('booked')} with a booking, ${sum('replayed')} with a replay, ${sum('cancelled')} with a cancellation, ${sum('refused')} with a refusal; `,
    );
    process.stderr.write(
      `${sum('captured')} payments captured, ${sum('refunded')} refunded, ${sum('voided')} voided; 0 violations\n`,
    );
  });

  it('are varied: enough of them book, cancel, refuse, repeat, and lose the stream', () => {
    expect(sum('booked') / sum('histories')).toBeGreaterThan(0.3);
    expect(sum('cancelled') / sum('histories')).toBeGreaterThan(0.1);
    expect(sum('replayed') / sum('histories')).toBeGreaterThan(0.1);
    expect(sum('refused') / sum('histories')).toBeGreaterThan(0.05);
    expect(sum('lost') / sum('histories')).toBeGreaterThan(0.01);
  });

  it('crash every call of every process, before it and after it', () => {
    const faults = summed(all, 'faults');
    // Repair runs after the faults, and an overtaken worker makes a vain call only once in a
    // hundred thousand histories.
    const calls = [...summed(all, 'calls')]
      .filter(([name, times]) => !name.startsWith('repair') && times > histories / 1000)
      .map(([name]) => name);
    expect(calls.length).toBeGreaterThan(25);
    expect(
      calls.filter((name) => !faults.has(`${name} crash-before`) || !faults.has(`${name} crash-after`)),
    ).toEqual([]);
  });
});
