import type { Slot } from './slot.ts';

/**
 * A slot as callers and events show it. A lapsed hold still reads `held` until its settling
 * releases it, so that one version has one view.
 */
export const slotView = (slot: Slot) => ({
  slot_id: Number(slot.pk.slice(slot.pk.lastIndexOf('#') + 1)),
  state: slot.state,
  site: slot.site,
  starts_at: slot.startsAt,
  ...(slot.endsAt && { ends_at: slot.endsAt }),
  ...(slot.price && { price: { amount: slot.price.amount, currency: slot.price.currency } }),
  ...(slot.brands && { brands: slot.brands }),
});
