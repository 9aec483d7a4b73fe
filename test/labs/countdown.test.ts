import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countdown } from '#examples/labs/countdown.ts';
import { screen } from './screen.ts';

let time = 0;
const now = () => time;

beforeEach(() => {
  time = 0;
  vi.stubEnv('TERM', 'xterm-256color');
});
afterEach(() => vi.unstubAllEnvs());

describe('a lab’s countdown', () => {
  it('counts down to 0 on one line of a terminal, and clears that line at the end', () => {
    const on = screen({ isTTY: true });
    const waiting = countdown({ seconds: 2, out: on.out, now });
    for (; time <= 3_000; time += 1_500) waiting.draw();
    waiting.end();
    expect(on.text()).toBe(
      '\r   at most 2 s more\x1b[K\r   at most 1 s more\x1b[K\r   at most 0 s more\x1b[K\r\x1b[K',
    );
  });

  it.each([
    ['in a file', false, 'xterm-256color'],
    ['on a terminal that cannot go back', true, 'dumb'],
  ])('writes nothing %s', (_, isTTY, term) => {
    vi.stubEnv('TERM', term);
    const on = screen({ isTTY });
    const waiting = countdown({ seconds: 2, out: on.out, now });
    waiting.draw();
    waiting.end();
    expect(on.text()).toBe('');
  });
});
