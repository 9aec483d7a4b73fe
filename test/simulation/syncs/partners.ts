import type { Answer, Call as Phase } from '#examples/systems/change-rules.ts';
import { type Call, type Reply, Unreached } from '#lib/outside.ts';
import type { World } from '#test/simulation/engine/world.ts';
import { type Books, type Name, openBooks, words } from './systems.ts';

/**
 * How one call goes over there. `ongoingMs`: they take it on and act so much later; `tells`: by their hook, until somebody hears them. `lateMs`: the
 * connection goes, and they act all the same, so much later.
 */
export type Mood =
  | 'refuse'
  | 'garbled'
  | 'busy'
  | 'other'
  | { ongoingMs: number; tells: boolean }
  | { lateMs: number };
export type Hooked = { tenant: string; wire: string; system: string; phase: Phase; yes: boolean };
type Tools = {
  world: World;
  holdMs: number;
  mood: (system: Name, phase: Phase | 'query', wire: string) => Mood | undefined;
  hook: (said: Hooked) => void;
};
type Order = { delta_usd?: number; not_after?: string };
type Taken = { tenant: string; wire: string; name: Name; phase: Phase; body: unknown; arrivedAt: number };

/** The outside systems with their books: what the wire would bring them, and what they answer. */
export function partnersOn({ world, holdMs, mood, hook }: Tools) {
  const books = openBooks(world.clock, holdMs);
  const jobs = new Set<string>();

  function asked(name: Name, wire: string): Reply {
    const state = books[name].query(wire);
    if ([...jobs].some((job) => job.startsWith(`${name} ${wire} `))) return pending(wire, 200);
    const status = {
      reserved: words[name].prepare,
      committed: words[name].commit,
      'rolled-back': words[name].rollback,
    }[state as string];
    return status
      ? { status: 200, body: { event_id: wire, status } }
      : { status: 404, body: { event_id: wire, error: 'not-found' } };
  }

  const act = (taken: Taken, refuse: boolean): Answer => {
    const { wire, name, phase, arrivedAt } = taken;
    const { delta_usd, not_after } = (taken.body ?? {}) as Order;
    const order = { delta_usd, notAfter: not_after === undefined ? undefined : Date.parse(not_after) };
    const its: Books = books[name];
    return phase === 'rollback'
      ? its.rollback(wire, { arrivedAt, refuse })
      : its[phase](wire, order, { arrivedAt, refuse });
  };

  function takeOn(taken: Taken, { ongoingMs, tells }: { ongoingMs: number; tells: boolean }): void {
    const { tenant, wire, name: system, phase } = taken;
    jobs.add(`${system} ${wire} ${phase}`);
    world.after(ongoingMs, () => {
      jobs.delete(`${system} ${wire} ${phase}`);
      const yes = !('refused' in act(taken, false));
      if (tells) hook({ tenant, wire, system, phase, yes });
    });
  }

  return {
    books,
    /** `arrivedAt`: when it reached them; they may act on it later. */
    receive({ system, call, about: wire = '', body }: Call, tenant: string, arrivedAt: number): Reply {
      const name = system.name as Name;
      const how = mood(name, call as Phase | 'query', wire);
      if (how === 'busy') throw new Unreached('unavailable', { retryAfterMs: 2_000 });
      if (call === 'query') return how === 'garbled' ? { status: 200, body: undefined } : asked(name, wire);
      const taken: Taken = { tenant, wire, name, phase: call as Phase, body, arrivedAt };
      if (jobs.has(`${name} ${wire} ${call}`)) return pending(wire, 202);
      if (typeof how === 'object' && 'lateMs' in how) {
        world.after(how.lateMs, () => void act(taken, false));
        throw new Unreached('connection');
      }
      if (
        typeof how === 'object' &&
        books[name].query(wire) === (call === 'prepare' ? 'absent' : books[name].query(wire))
      ) {
        takeOn(taken, how);
        return pending(wire, 202);
      }
      const reply = told(name, call as Phase, wire, act(taken, how === 'refuse'));
      if (how === 'garbled') return { status: 200, body: undefined };
      return how === 'other'
        ? { ...reply, body: { ...(reply.body as object), event_id: 'somebody-else' } }
        : reply;
    },
  };
}

export type Partners = ReturnType<typeof partnersOn>;

const pending = (wire: string, status: number): Reply => ({
  status,
  body: { event_id: wire, status: 'pending' },
});

const statuses: Record<string, number> = { 'not-found': 404, declined: 422 };
function told(name: Name, phase: Phase, wire: string, answer: Answer): Reply {
  if ('refused' in answer)
    return { status: statuses[answer.refused] ?? 409, body: { event_id: wire, error: answer.refused } };
  const until =
    'until' in answer && answer.until !== undefined
      ? { reserved_until: new Date(answer.until).toISOString() }
      : {};
  return {
    status: 200,
    body: { event_id: wire, status: words[name][phase], ...(phase === 'prepare' && until) },
  };
}
