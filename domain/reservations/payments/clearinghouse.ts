import type { Outside } from '#lib/outside/outside.ts';
import { verdictFrom } from '#lib/outside/verdict.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';

type Authorization = { hold: string; slot: number; amount: number; currency: string; notAfter: number };
/** The payment with its intent: `v` tells one intent from the next. */
type Intended = { hold: string; v: number };

/**
 * The Payment Clearinghouse, one authorisation per hold: true is a yes, false a definite no, an
 * unknown outcome is thrown. Keys come from hold and intent, so a repeat is recognised and a
 * renewed intent is a new call; a void of an authorisation in flight leaves a tombstone.
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
    return verdictFrom(reply, system, call, hold);
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
