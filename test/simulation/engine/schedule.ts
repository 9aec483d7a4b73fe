import type { World } from './world.ts';

const minuteMs = 60_000;

/** A rule that runs every minute. Runs that would find nothing due are skipped. */
export function everyMinute(world: World, { due, turn }: { due: () => number; turn: () => void }) {
  let [waiting, at] = [false, Number.POSITIVE_INFINITY];
  function arm(): void {
    if (waiting || at === Number.POSITIVE_INFINITY) return;
    waiting = true;
    const from = Math.max(world.clock.now() + 1, at);
    world.after(Math.ceil(from / minuteMs) * minuteMs - world.clock.now(), () => {
      [waiting, at] = [false, Number.POSITIVE_INFINITY];
      turn();
      world.after(1, () => expect(due()));
    });
  }
  /** Announces that something is due at that time. */
  const expect = (when: number): void => {
    at = Math.min(at, when);
    arm();
  };
  return { expect };
}
