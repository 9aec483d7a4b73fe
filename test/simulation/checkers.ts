import { keys } from '#domain/keys.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { room, type Slot } from '#domain/reservations/slot.ts';
import { holderOf } from '#domain/reservations/slots.ts';
import type { Write } from '#lib/table.ts';
import type { Evidence } from './history.ts';

const skewMs = 10_000;

/** Everything that must hold of a history, whatever happened in it. Each violation is a sentence; none is the pass mark. */
export function violationsOf(evidence: Evidence): string[] {
  const found = [
    oneHolder,
    bookingsAndAnswersAgree,
    everyEventIsTold,
    moneyAgrees,
    oneKeyOneOutcome,
    noHoldIsLeftBehind,
    everythingEnds,
    tenantsAreApart,
    projectionsAgree,
  ].flatMap((checker) => checker(evidence));
  return [...found, ...evidence.stuck];
}

/** A slot changes hands only when it is free or its lease has lapsed, and never from a booking; only its own attempt books it or lets it go. */
function oneHolder({ writes }: Evidence): string[] {
  return writes.flatMap(({ before, image, at }) => {
    const { attempt } = image.event;
    if (before?.state === 'held' && image.state !== 'held' && attempt !== before.hold)
      return [`${before.pk}: ${image.event.type} by an attempt that did not hold it`];
    if (!before || before.hold === undefined || image.hold === undefined || image.hold === before.hold) return [];
    if (before.state === 'booked') return [`${before.pk}: a booking was overwritten by another`];
    return (before.until ?? 0) > at + skewMs ? [`${before.pk}: a living hold was taken`] : [];
  });
}

/** Every 200 stands in the table as a booking of that caller, and every booking was asked for. */
function bookingsAndAnswersAgree({ writes, seen }: Evidence): string[] {
  const booked = new Map(writes.filter(({ image }) => image.state === 'booked').map(({ image }) => [`${image.pk} ${image.hold}`, image]));
  const holders = new Set(seen.map((one) => holderOf(one)));
  const unasked = [...booked.values()]
    .filter(({ holder }) => !holders.has(holder ?? ''))
    .map(({ pk }) => `${pk}: booked for nobody who asked`);
  const unbooked = seen.flatMap(({ call, tenant, slot, key, saw }) => {
    if (call !== 'reserve' || !('ok' in saw)) return [];
    const image = booked.get(`${keys.slot(tenant, slot).pk} ${readReservationId(saw.ok)?.hold}`);
    return image?.holder === holderOf({ tenant, slot, key }) ? [] : [`${tenant} slot ${slot} ${key}: told 200 without a booking`];
  });
  return [...unasked, ...unbooked];
}

/** Every write that carried an event for everyone has been told, under its item and version. */
function everyEventIsTold({ writes, platform, lossless }: Evidence): string[] {
  const told = new Set(platform.told.map(({ id }) => id));
  const last = new Map(writes.map(({ image }) => [image.pk, image]));
  const due = lossless ? writes.map(({ image }) => image) : [...last.values()];
  return due
    .filter(({ event, eventV, v }) => event.type !== 'slot.held' && (eventV === v || !lossless))
    .filter(({ pk, eventV }) => !told.has(`${pk}@${eventV}`))
    .map(({ pk, event, eventV }) => `${pk}@${eventV}: ${event.type} was never told`);
}

/** At rest each authorisation is captured if its booking stands, and voided or refunded if it does not; and nothing moved twice. */
function moneyAgrees({ table, partner, platform }: Evidence): string[] {
  const standing = new Set(
    [...table.items()].filter((item) => item.state === 'booked' && item.sk === 'slot').map((item) => (item as Slot).hold),
  );
  const refused = platform.parked.some((line) => line.includes('payment-refused'));
  return partner.books.entries().flatMap(({ key, state, effects }) => {
    const twice = Object.entries(effects)
      .filter(([, times]) => times > 1)
      .map(([call]) => `${key}: ${call} twice`);
    if (standing.has(key)) return [...twice, ...(state === 'captured' || refused ? [] : [`${key}: booked, but its payment is ${state}`])];
    return [...twice, ...(state === 'authorized' || state === 'captured' ? [`${key}: not booked, but its payment is ${state}`] : [])];
  });
}

/** One key and command has one outcome: one booking at most, and whoever was told a definite thing is told the same again. */
function oneKeyOneOutcome({ seen, writes }: Evidence): string[] {
  const holds = Map.groupBy(
    writes.filter(({ image, before }) => image.state === 'booked' && before?.state !== 'booked'),
    ({ image }) => `${image.pk} ${image.holder}`,
  );
  const twice = [...holds.values()]
    .filter((all) => new Set(all.map(({ image }) => image.hold)).size > 1)
    .map(([one]) => `${one?.image.pk}: one key booked twice`);
  const answers = Map.groupBy(
    seen.filter(({ call, saw }) => call === 'reserve' && definite(saw)),
    ({ tenant, slot, key, brand }) => `${tenant} ${slot} ${key} ${brand}`,
  );
  const differing = [...answers].flatMap(([who, all]) => {
    const told = new Set(all.map(({ saw }) => ('ok' in saw ? saw.ok : 'problem' in saw ? saw.problem : '')));
    const forgotten =
      new Set(seen.filter(({ saw }) => 'problem' in saw && saw.problem === 'check-refused').map(({ key }) => key)).size >= room.past;
    return told.size > 1 && !(forgotten && told.has('check-refused')) ? [`${who}: told ${[...told].join(' and ')}`] : [];
  });
  return [...twice, ...differing];
}

const definite = (saw: object): boolean => 'ok' in saw || ('problem' in saw && saw.problem === 'check-refused');

/** Nobody is told no by the very call that holds the slot or has booked it. (A first attempt that lands after its answer is a ghost: settling takes its hold back.) */
function noHoldIsLeftBehind({ seen, writes }: Evidence): string[] {
  const told = new Map(seen.filter(({ call, saw }) => call === 'reserve' && 'problem' in saw).map((one) => [one.process, one]));
  return writes.flatMap(({ process, image, at }, i) => {
    const answer = told.get(process);
    if (
      !answer ||
      at > answer.at ||
      image.hold === undefined ||
      (image.event.type !== 'slot.held' && image.event.type !== 'slot.reserved') ||
      image.event.attempt !== image.hold
    )
      return [];
    const next = writes.find((later, index) => index > i && later.image.pk === image.pk && later.image.hold !== image.hold);
    return next && next.at <= answer.at ? [] : [`${image.pk}: told no by the call that holds it (${image.state})`];
  });
}

/** A lapsed hold counts as free for the first who asks, whether or not its settling message has come. */
export function stuckOn({ label, values, names }: Write, slot: Slot | undefined): string[] {
  const now = Number(values?.now);
  if (label !== 'hold' || slot?.state !== 'held' || (slot.until ?? 0) >= now || slot.hold === values?.hold) return [];
  const excused =
    slot.past[names?.mine ?? ''] || (slot.open?.size ?? 0) >= room.open || slot.open?.has(String(values?.hold)) || (slot.full ?? 0) >= now;
  return excused ? [] : [`${slot.pk}: a lapsed hold was not free`];
}

/** At rest nothing is held, no payment is open, no intent is unfinished. */
function everythingEnds({ table, platform }: Evidence): string[] {
  const stopped = platform.parked.some((line) => line.includes('payment-refused'));
  return [...table.items()].flatMap((item) => {
    if (item.sk === 'slot' && item.state === 'held') return [`${item.pk}: held for ever`];
    if (item.sk === 'slot' && item.open !== undefined && !stopped) return [`${item.pk}: a payment was never settled`];
    if (item.sk === 'payment' && String(item.state).endsWith('ing') && !stopped) return [`${item.pk}: ${item.state} for ever`];
    return [];
  });
}

/** An item is written by its own tenant's processes only. */
function tenantsAreApart({ writes, seen }: Evidence): string[] {
  const tenants = new Set(seen.map(({ tenant }) => tenant));
  return writes.flatMap(({ by, image }) => (tenants.has(by) && !image.pk.startsWith(`${by}#`) ? [`${image.pk}: written by ${by}`] : []));
}

/** What events have built says what the slots say. */
function projectionsAgree({ table }: Evidence): string[] {
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
