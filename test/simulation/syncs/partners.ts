import type { Answer, Call as Phase } from '#examples/systems/change-rules.ts';
import { type Call, type Reply, Unreached } from '#lib/outside/outside.ts';
import type { World } from '#test/simulation/engine/world.ts';
import { type Books, type Name, openBooks, words } from './systems.ts';

/**
 * The behaviour of one call. `ongoingMs`: the system accepts it and acts later, and `tells` by
 * its hook until that is accepted. `lateMs`: the connection breaks, and the system acts later.
 */
export type Mood =
  | 'refuse'
  | 'garbled'
  | 'busy'
  | 'other'
  | { ongoingMs: number; tells: boolean }
  | { lateMs: number };
export type Hooked = { tenant: string; outsideToken: string; system: string; phase: Phase; yes: boolean };
type Tools = {
  world: World;
  holdMs: number;
  mood: (system: Name, phase: Phase | 'query', outsideToken: string) => Mood | undefined;
  hook: (said: Hooked) => void;
};
type Order = { delta_usd?: number; not_after?: string };
type Taken = {
  tenant: string;
  outsideToken: string;
  name: Name;
  phase: Phase;
  body: unknown;
  arrivedAt: number;
};

/** The outside systems with their books, and their answers to calls. */
export function partnersOn({ world, holdMs, mood, hook }: Tools) {
  const books = openBooks(world.clock, holdMs);
  const jobs = new Set<string>();

  function asked(name: Name, outsideToken: string): Reply {
    const state = books[name].query(outsideToken);
    if ([...jobs].some((job) => job.startsWith(`${name} ${outsideToken} `)))
      return pending(outsideToken, 200);
    const status = {
      reserved: words[name].prepare,
      committed: words[name].commit,
      'rolled-back': words[name].rollback,
    }[state as string];
    return status
      ? { status: 200, body: { event_id: outsideToken, status } }
      : { status: 404, body: { event_id: outsideToken, error: 'not-found' } };
  }

  const act = (taken: Taken, refuse: boolean): Answer => {
    const { outsideToken, name, phase, arrivedAt } = taken;
    const { delta_usd, not_after } = (taken.body ?? {}) as Order;
    const order = { delta_usd, notAfter: not_after === undefined ? undefined : Date.parse(not_after) };
    const its: Books = books[name];
    return phase === 'rollback'
      ? its.rollback(outsideToken, { arrivedAt, refuse })
      : its[phase](outsideToken, order, { arrivedAt, refuse });
  };

  function takeOn(taken: Taken, { ongoingMs, tells }: { ongoingMs: number; tells: boolean }): void {
    const { tenant, outsideToken, name: system, phase } = taken;
    jobs.add(`${system} ${outsideToken} ${phase}`);
    world.after(ongoingMs, () => {
      jobs.delete(`${system} ${outsideToken} ${phase}`);
      const yes = !('refused' in act(taken, false));
      if (tells) hook({ tenant, outsideToken, system, phase, yes });
    });
  }

  return {
    books,
    /** `arrivedAt`: when the call reached the system, which may act later. */
    receive(
      { system, call, about: outsideToken = '', body }: Call,
      tenant: string,
      arrivedAt: number,
    ): Reply {
      const name = system.name as Name;
      const how = mood(name, call as Phase | 'query', outsideToken);
      if (how === 'busy') throw new Unreached('unavailable', { retryAfterMs: 2_000 });
      if (call === 'query')
        return how === 'garbled' ? { status: 200, body: undefined } : asked(name, outsideToken);
      const taken: Taken = { tenant, outsideToken, name, phase: call as Phase, body, arrivedAt };
      if (jobs.has(`${name} ${outsideToken} ${call}`)) return pending(outsideToken, 202);
      if (typeof how === 'object' && 'lateMs' in how) {
        world.after(how.lateMs, () => void act(taken, false));
        throw new Unreached('connection');
      }
      if (
        typeof how === 'object' &&
        books[name].query(outsideToken) === (call === 'prepare' ? 'absent' : books[name].query(outsideToken))
      ) {
        takeOn(taken, how);
        return pending(outsideToken, 202);
      }
      const reply = replyOf(name, call as Phase, outsideToken, act(taken, how === 'refuse'));
      if (how === 'garbled') return { status: 200, body: undefined };
      return how === 'other'
        ? { ...reply, body: { ...(reply.body as object), event_id: 'another-sync' } }
        : reply;
    },
  };
}

export type Partners = ReturnType<typeof partnersOn>;

const pending = (outsideToken: string, status: number): Reply => ({
  status,
  body: { event_id: outsideToken, status: 'pending' },
});

const statuses: Record<string, number> = { 'not-found': 404, declined: 422 };
function replyOf(name: Name, phase: Phase, outsideToken: string, answer: Answer): Reply {
  if ('refused' in answer)
    return {
      status: statuses[answer.refused] ?? 409,
      body: { event_id: outsideToken, error: answer.refused },
    };
  const until =
    'until' in answer && answer.until !== undefined
      ? { reserved_until: new Date(answer.until).toISOString() }
      : {};
  return {
    status: 200,
    body: { event_id: outsideToken, status: words[name][phase], ...(phase === 'prepare' && until) },
  };
}
