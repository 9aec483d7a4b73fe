import type { World } from './world.ts';

const minuteMs = 60_000;

/** A rule that runs every minute. A turn that would find nothing due is left out, since it would do nothing. */
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
  /** Something will be due then. */
  const expect = (when: number): void => {
    at = Math.min(at, when);
    arm();
  };
  return { expect };
}
