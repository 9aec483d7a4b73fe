import { clearinghouseBooks } from '#examples/systems/clearinghouse-books.ts';
import { eligibilityBooks } from '#examples/systems/eligibility-books.ts';
import type { Clock } from '#lib/clock.ts';
import { type Call, type Outside, type Reply, Unreached } from '#lib/outside/outside.ts';
import type { Meter } from './call-meter.ts';

/**
 * The behaviour of an outside system in its next call of a name; `lost` acts, and its answer
 * never arrives, and a function may answer instead.
 */
export type Mood = 'refuse' | 'away' | 'lost' | ((call: Call) => unknown);

/** The outside systems with their own books, without HTTP. */
export function partners({ clock, meter }: { clock: Clock; meter: Meter }) {
  const payments = clearinghouseBooks({ clock });
  const checks = eligibilityBooks({ clock });
  const moods = new Map<string, Mood[]>();

  const acting: Record<string, (call: Call) => Reply> = {
    check: ({ body }) => ({
      status: 200,
      body: checks.check((body as { key: string }).key, body as { slot: number }),
    }),
    authorize({ body }) {
      const { key, amount, currency, not_after } = body as {
        key: string;
        amount: number;
        currency: string;
        not_after: string;
      };
      return replyOf(key, payments.authorize(key, { amount, currency, notAfter: Date.parse(not_after) }));
    },
    capture: ({ about = '' }) => replyOf(about, payments.capture(about)),
    void: ({ about = '' }) => replyOf(about, payments.void(about)),
    refund: ({ about = '' }) => replyOf(about, payments.refund(about)),
  };
  const refusing = (call: Call): Reply =>
    call.call === 'check'
      ? { status: 200, body: { eligible: false } }
      : { status: 402, body: { error: 'declined' } };

  const outside: Outside = (call) =>
    meter.call('outside', call.call, async () => {
      if (clock.now() >= call.notAfter) throw new Unreached('too-late');
      const mood = moods.get(call.call)?.shift();
      if (mood === 'refuse') return refusing(call);
      if (mood === 'away') throw new Unreached('connection');
      const own = typeof mood === 'function' ? await mood(call) : undefined;
      if (isReply(own)) return own;
      const reply = acting[call.call]!(call);
      if (mood === 'lost') throw new Unreached('time-limit');
      return reply;
    });

  return {
    outside,
    payments,
    checks,
    /** Sets the behaviours of the next calls of that name, in order. */
    next: (call: string, ...planned: Mood[]) =>
      void moods.set(call, [...(moods.get(call) ?? []), ...planned]),
    payment: (hold: string) => payments.entries().find(({ key }) => key === hold),
  };
}

const replyOf = (key: string, answer: ReturnType<ReturnType<typeof clearinghouseBooks>['capture']>): Reply =>
  'refused' in answer
    ? {
        status: answer.refused === 'expired' ? 410 : 409,
        body: { authorization: key, error: answer.refused },
      }
    : { status: 200, body: { authorization: key, state: answer.state } };

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'status' in value;
