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

// Node takes a CI's or a multiplexer's variables as the answer about colours, so the tests unset
// them.
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

describe('a lab’s live table', () => {
  it('is redrawn in place on a terminal, each row with the time of its last change', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), first, first, then).shown()).toEqual([
      '           system     commit',
      '    1.0 s  debit      ·',
      '    3.0 s  cheques    yes ×2',
    ]);
  });

  it('is plain lines elsewhere: all rows first, then each change, without control characters', () => {
    const on = drawn(screen(), first, first, then);
    expect(on.shown()).toEqual([
      '           system     commit',
      '    1.0 s  debit      ·',
      '    1.0 s  cheques    unknown',
      '    3.0 s  cheques    yes ×2',
    ]);
    expect(on.text()).not.toContain('\x1b');
  });

  it('is plain lines on a terminal without cursor movement', () => {
    vi.stubEnv('TERM', 'dumb');
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), first, then).text()).not.toContain('\x1b');
  });

  it('has colours on a terminal, unless NO_COLOR is set', () => {
    expect(drawn(screen({ isTTY: true }), then).text()).toContain('\x1b[32myes');
    vi.stubEnv('NO_COLOR', '1');
    expect(drawn(screen({ isTTY: true }), then).text()).not.toMatch(/\[\d+m/);
  });

  it.each([120, 80, 24])('cuts its lines at the width of a terminal of %i columns, and at 80', (wide) => {
    vi.stubEnv('NO_COLOR', '1');
    const long = [['dashboard', 'x'.repeat(200)]];
    const shown = drawn(screen({ isTTY: true, columns: wide }), long, long).shown();
    expect(shown).toHaveLength(2);
    for (const line of shown) expect(line.length).toBeLessThan(Math.min(wide, 80));
  });
});
