import { clearinghouseBooks } from '#examples/systems/clearinghouse-books.ts';
import { type Call, type Outside, type Reply, Unreached } from '#lib/outside/outside.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Ground } from '#test/simulation/engine/stage.ts';
import type { Process, World } from '#test/simulation/engine/world.ts';

type Books = ReturnType<typeof clearinghouseBooks>;
/** The two outside systems of a reservation. `minds`: what the clearinghouse enforces. */
export type Partner = {
  books: Books;
  eligible(key: string): boolean;
  declined(key: string): boolean;
  minds: { notAfter: boolean };
};
const timeoutMs = 2_000;

export function partnerFrom(random: Random, world: World, refusals: boolean): Partner {
  const refusing = refusals ? random.pick([0, 0, 0.3]) : 0;
  const lots = new Map<string, number>();
  const lot = (key: string) => {
    if (!lots.has(key)) lots.set(key, random.next());
    return lots.get(key) as number;
  };
  return {
    books: clearinghouseBooks({ clock: world.clock }),
    eligible: (key) => lot(key) >= refusing,
    declined: (key) => lot(`${key}:payment`) < refusing / 2,
    minds: { notAfter: random.chance(0.5) },
  };
}

/** Both systems behind one HTTP tool, which sends nothing past `notAfter`. */
export const lineTo =
  ({ ports }: Ground, partner: Partner, process: Process): Outside =>
  async (asked) => {
    const left = asked.notAfter - process.clock.now();
    if (left <= 0) throw new Unreached('too-late');
    return ports.call(
      process,
      asked.call,
      true,
      async () => answer(asked, partner),
      Math.min(timeoutMs, left),
    );
  };

function answer({ call, about, body, key }: Call, { books, eligible, declined, minds }: Partner): Reply {
  const hold = about ?? (body as { key: string }).key;
  if (call === 'check') return { status: 200, body: { eligible: eligible(key) } };
  if (call === 'authorize') {
    const { amount, currency, not_after } = body as { amount: number; currency: string; not_after: string };
    if (declined(hold)) books.decline(hold);
    const notAfter = minds.notAfter ? Date.parse(not_after) : Number.POSITIVE_INFINITY;
    return replyOf(hold, books.authorize(hold, { amount, currency, notAfter }));
  }
  return replyOf(hold, books[call as 'capture' | 'void' | 'refund'](hold));
}

const statuses: Record<string, number> = { declined: 402, expired: 410 };

const replyOf = (authorization: string, answered: { refused: string } | object): Reply =>
  'refused' in answered
    ? { status: statuses[answered.refused] ?? 409, body: { authorization, error: answered.refused } }
    : { status: 200, body: { authorization, ...answered } };
