import { keys } from '#domain/keys.ts';
import type { Slot } from '#domain/reservations/slots/slot.ts';
import type { Evidence } from './history.ts';

/**
 * At rest each payment is captured if its booking stands, and voided or refunded if not. No money
 * has moved twice.
 */
export function moneyAgrees({ table, partner, cloud }: Evidence): string[] {
  const booked = new Set(
    [...table.items()]
      .filter((item) => item.state === 'booked' && item.sk === 'slot')
      .map((item) => (item as Slot).hold),
  );
  const refused = cloud.parked.some((line) => line.includes('payment-refused'));
  return partner.books.entries().flatMap(({ key, state, effects }) => {
    const twice = Object.entries(effects)
      .filter(([, times]) => times > 1)
      .map(([call]) => `${key}: ${call} twice`);
    if (booked.has(key))
      return [
        ...twice,
        ...(state === 'captured' || refused ? [] : [`${key}: booked, but its payment is ${state}`]),
      ];
    return [
      ...twice,
      ...(state === 'authorized' || state === 'captured'
        ? [`${key}: not booked, but its payment is ${state}`]
        : []),
    ];
  });
}

/** At rest no slot is held, no payment is open, and no intent is unfinished. */
export function everythingEnds({ table, cloud }: Evidence): string[] {
  const stopped = cloud.parked.some((line) => line.includes('payment-refused'));
  return [...table.items()].flatMap((item) => {
    if (item.sk === 'slot' && item.state === 'held') return [`${item.pk}: held for ever`];
    if (item.sk === 'slot' && item.open !== undefined && !stopped)
      return [`${item.pk}: a payment was never settled`];
    if (item.sk === 'payment' && String(item.state).endsWith('ing') && !stopped)
      return [`${item.pk}: ${item.state} for ever`];
    return [];
  });
}

/** An item is written by its own tenant's processes only. */
export function tenantsAreApart({ writes, seen }: Evidence): string[] {
  const tenants = new Set(seen.map(({ tenant }) => tenant));
  return writes.flatMap(({ by, image }) =>
    tenants.has(by) && !image.pk.startsWith(`${by}#`) ? [`${image.pk}: written by ${by}`] : [],
  );
}

/** The projections agree with the slots. */
export function projectionsAgree({ table }: Evidence): string[] {
  const slots = [...table.items()].filter((item) => item.sk === 'slot') as Slot[];
  const counts = [...table.items()].filter((item) => item.sk.startsWith('site#'));
  const taken = counts.reduce((sum, item) => sum + Number(item.taken), 0);
  const booked = slots.filter(({ state }) => state === 'booked').length;
  const board = taken === booked ? [] : [`the board counts ${taken} taken, there are ${booked}`];
  const listed = slots.flatMap((slot) => {
    const [tenant = '', , id] = slot.pk.split('#');
    const item = table.peek(keys.listedSlot(tenant, Number(id)));
    return item?.state === slot.state ? [] : [`${slot.pk} is ${slot.state}, the list says ${item?.state}`];
  });
  return [...board, ...listed];
}
