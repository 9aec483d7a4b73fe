import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progressBars } from '#examples/labs/progress-bars.ts';
import { screen } from './screen.ts';

const bars = (debit: number, cheques: number) => [
  { name: 'debit', done: debit },
  { name: 'cheques', done: cheques },
];
let time = 0;
const now = () => time;

// Node takes a CI's or a multiplexer's variables as the answer about colours, so the tests unset
// them.
beforeEach(() => {
  time = 0;
  for (const name of ['CI', 'TMUX', 'TF_BUILD', 'TEAMCITY_VERSION', 'FORCE_COLOR', 'NODE_DISABLE_COLORS'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('NO_COLOR', '1');
  vi.stubEnv('TERM', 'xterm-256color');
});
afterEach(() => vi.unstubAllEnvs());

describe('the progress of a batch', () => {
  it('is redrawn in place on a terminal', () => {
    const on = screen({ isTTY: true, columns: 60 });
    const shown = progressBars({ total: 30_000, out: on.out, now });
    shown.draw('commit', bars(0, 0));
    time = 1_000;
    shown.draw('commit', bars(15_000, 30_000));
    expect(on.shown()).toEqual([
      '     1.0 s  commit',
      '   debit      ██████████████░░░░░░░░░░░░░░ 15,000 of 30,000',
      '   cheques    ████████████████████████████ 30,000 of 30,000',
    ]);
  });

  it('is plain lines elsewhere, at most one a second and always the last, without control characters', () => {
    const on = screen();
    const shown = progressBars({ total: 30_000, out: on.out, now });
    for (let done = 0; done <= 30_000; done += 3_000) {
      shown.draw('commit', bars(done, 0), done === 30_000);
      time += 300;
    }
    expect(on.shown()).toEqual([
      '     0.0 s  commit: debit 0, cheques 0',
      '     1.2 s  commit: debit 12,000, cheques 0',
      '     2.4 s  commit: debit 24,000, cheques 0',
      '     3.0 s  commit: debit 30,000, cheques 0',
    ]);
    expect(on.text()).not.toContain('\x1b');
  });

  it('is not repeated in plain lines', () => {
    const on = screen();
    const shown = progressBars({ total: 10, out: on.out, now });
    for (; time < 9_000; time += 3_000) shown.draw('commit', bars(5, 5), true);
    expect(on.shown()).toHaveLength(1);
  });

  it.each([120, 80, 24])('cuts its lines at the width of a terminal of %i columns, and at 80', (columns) => {
    const on = screen({ isTTY: true, columns });
    progressBars({ total: 100_000, out: on.out, now }).draw('commit', bars(50_000, 100_000));
    expect(on.shown()).toHaveLength(3);
    for (const line of on.shown()) expect(line.length).toBeLessThan(Math.min(columns, 80));
  });

  it('has colours on a terminal, unless NO_COLOR is set', () => {
    const drawn = () => {
      const on = screen({ isTTY: true });
      progressBars({ total: 10, out: on.out, now }).draw('commit', bars(5, 5));
      return on.text();
    };
    expect(drawn()).not.toMatch(/\[\d+m/);
    vi.stubEnv('NO_COLOR', undefined);
    expect(drawn()).toContain('\x1b[32m█');
  });
});
