import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveTable } from '#examples/labs/live-table.ts';
import { screen } from './screen.ts';

const columns = [
  { title: 'system', width: 11 },
  { title: 'commit', width: 13 },
];
const first = [
  ['debit', '·'],
  ['cheques', 'unknown'],
];
const then = [
  ['debit', '·'],
  ['cheques', 'yes ×2'],
];
const ticking = () => {
  let seconds = 0;
  return () => seconds++ * 1000;
};

// Where the tests run must not show: Node sees a CI's or a multiplexer's name and answers for its colours instead of the terminal.
beforeEach(() => {
  for (const name of [
    'CI',
    'TMUX',
    'TF_BUILD',
    'TEAMCITY_VERSION',
    'FORCE_COLOR',
    'NODE_DISABLE_COLORS',
    'NO_COLOR',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('TERM', 'xterm-256color');
});
afterEach(() => vi.unstubAllEnvs());

function drawn(on: ReturnType<typeof screen>, ...states: string[][][]) {
  const table = liveTable({ columns, out: on.out, now: ticking() });
  for (const rows of states) table.draw(rows);
  return on;
}

describe('a table that changes while one looks', () => {
  it('is redrawn in place on a terminal, each row with the time of its own last change', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), first, first, then).shown()).toEqual([
      '           system     commit',
      '    1.0 s  debit      ·',
      '    3.0 s  cheques    yes ×2',
    ]);
  });

  it('is plain lines elsewhere: first all, then what has changed, and not one control character', () => {
    const on = drawn(screen(), first, first, then);
    expect(on.shown()).toEqual([
      '           system     commit',
      '    1.0 s  debit      ·',
      '    1.0 s  cheques    unknown',
      '    3.0 s  cheques    yes ×2',
    ]);
    expect(on.text()).not.toContain('\x1b');
  });

  it('is plain lines on a terminal that cannot go back', () => {
    vi.stubEnv('TERM', 'dumb');
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), first, then).text()).not.toContain('\x1b');
  });

  it('has colours on a terminal, and none where NO_COLOR is set', () => {
    expect(drawn(screen({ isTTY: true }), then).text()).toContain('\x1b[32myes');
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), then).text()).not.toMatch(/\[\d+m/);
  });

  it.each([120, 80, 24])('keeps to a line of its own on a terminal of %i columns, and to 80', (wide) => {
    vi.stubEnv('NO_COLOR', '1');
    const long = [['dashboard', 'x'.repeat(200)]];
    const shown = drawn(screen({ isTTY: true, columns: wide }), long, long).shown();
    expect(shown).toHaveLength(2);
    for (const line of shown) expect(line.length).toBeLessThan(Math.min(wide, 80));
  });
});
