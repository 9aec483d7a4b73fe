import { describe, expect, it } from 'vitest';
import { damperOn } from '#lib/http/damper.ts';

function scene() {
  let ms = 0;
  const damp = damperOn({ clock: { now: () => ms }, ratePerSecond: 20, burst: 40 });
  const taken = (key: string, calls: number) => {
    let count = 0;
    for (let call = 0; call < calls; call++) {
      try {
        damp(key);
        count += 1;
      } catch {}
    }
    return count;
  };
  return { damp, taken, pass: (more: number) => (ms += more) };
}

describe('the damper', () => {
  it('accepts forty calls of one key at once, and then twenty a second', () => {
    const { taken, pass } = scene();
    expect(taken('a', 100)).toBe(40);
    pass(1000);
    expect(taken('a', 100)).toBe(20);
    pass(60_000);
    expect(taken('a', 100)).toBe(40);
  });

  it('refuses with the time after which the next call is accepted', () => {
    const { damp, taken, pass } = scene();
    taken('a', 40);
    expect(() => damp('a')).toThrow(
      expect.objectContaining({
        code: 'too-many-requests',
        extras: expect.objectContaining({ retryAfter: 0.05 }),
      }),
    );
    pass(50);
    expect(taken('a', 2)).toBe(1);
  });

  it('counts each key by itself', () => {
    const { taken } = scene();
    taken('a', 100);
    expect(taken('b', 100)).toBe(40);
  });

  it('gives no extra calls when the clock goes back', () => {
    const { taken, pass } = scene();
    taken('a', 40);
    pass(-5000);
    expect(taken('a', 1)).toBe(0);
    pass(5000);
    expect(taken('a', 1)).toBe(0);
  });
});
