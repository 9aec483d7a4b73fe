import type { Outside } from '#lib/outside.ts';
import type { Manifest } from '#systems/manifest.ts';

type Authorization = { hold: string; slot: number; amount: number; currency: string; notAfter: number };

/**
 * What means no to this very payment. An authorisation is refused by 402 alone: a conflict only says that this attempt is dead, and the key may try again.
 * Any other refusal (a credential that has expired, say) is about us, and an outage until somebody mends it.
 */
const isRefusal = (call: string, status: number): boolean =>
  status === 402 || (call !== 'authorize' && [404, 409, 410, 422].includes(status));

/**
 * The Payment Clearinghouse, one authorisation per hold. Each answers true for a yes and false for a definite no; what cannot be known is thrown.
 * The keys are derived from the hold, so a repeat is recognised, and a void of an authorisation that is still under way is remembered over there.
 */
export const clearinghouseOn = (outside: Outside, system: Manifest) => {
  const ask = async (call: string, hold: string, notAfter: number, body: object) => {
    const { status } = await outside({ system, call, key: `${hold}:${call}`, about: hold, body, notAfter });
    if (status >= 200 && status < 300) return true;
    if (isRefusal(call, status)) return false;
    throw new Error(`${system.name} answered ${status} to ${call}`);
  };
  return {
    authorize: ({ hold, slot, amount, currency, notAfter }: Authorization) =>
      ask('authorize', hold, notAfter, { key: hold, amount, currency, slot, not_after: new Date(notAfter).toISOString() }),
    capture: (hold: string, notAfter: number) => ask('capture', hold, notAfter, {}),
    void: (hold: string, notAfter: number) => ask('void', hold, notAfter, {}),
    refund: (hold: string, notAfter: number) => ask('refund', hold, notAfter, {}),
  };
};

export type Clearinghouse = ReturnType<typeof clearinghouseOn>;
