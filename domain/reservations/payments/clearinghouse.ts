import * as z from 'zod/mini';
import type { Outside, Reply } from '#lib/outside/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';

type Authorization = { hold: string; slot: number; amount: number; currency: string; notAfter: number };
/** The payment as its intent was written: `v` tells one intent from the next. */
type Intended = { hold: string; v: number };

const said = z.looseObject({ error: z.string() });

/**
 * What means no to this very payment: a status of these, said by the clearinghouse itself. An authorisation is refused by 402 alone, and a conflict (409)
 * is no refusal at all: another attempt is under way or was faster. A page of somebody in between, or a refusal that is about us (a credential that has
 * expired, say), is an outage until it is mended.
 */
const isRefusal = (call: string, { status, body }: Reply): boolean =>
  (status === 402 || (call !== 'authorize' && [404, 410, 422].includes(status))) &&
  said.safeParse(body).success;

/**
 * The Payment Clearinghouse, one authorisation per hold. Each answers true for a yes and false for a definite no; what cannot be known is thrown.
 * The keys are derived from the hold and the intent, so a repeat is recognised and an intent that an operator renews is a call of its own; a void of an authorisation that is still under way is remembered over there.
 */
export const clearinghouseOn = (outside: Outside, system: Manifest) => {
  if (!system.capabilities.tombstone)
    throw new Error(
      `${system.name} must remember a void of what it never saw: its manifest says tombstone: false`,
    );
  const ask = async (call: string, hold: string, attempt: number, notAfter: number, body: object) => {
    const reply = await outside({
      system,
      call,
      key: `${hold}:${call}:${attempt}`,
      about: hold,
      body,
      notAfter,
    });
    if (reply.status >= 200 && reply.status < 300) return true;
    if (isRefusal(call, reply)) return false;
    throw new Error(`${system.name} answered ${reply.status} to ${call}`);
  };
  return {
    authorize: ({ hold, slot, amount, currency, notAfter }: Authorization) =>
      ask('authorize', hold, 0, notAfter, {
        key: hold,
        amount,
        currency,
        slot,
        not_after: rfc3339(notAfter),
      }),
    capture: ({ hold, v }: Intended, notAfter: number) => ask('capture', hold, v, notAfter, {}),
    void: ({ hold, v }: Intended, notAfter: number) => ask('void', hold, v, notAfter, {}),
    refund: ({ hold, v }: Intended, notAfter: number) => ask('refund', hold, v, notAfter, {}),
  };
};

export type Clearinghouse = ReturnType<typeof clearinghouseOn>;
