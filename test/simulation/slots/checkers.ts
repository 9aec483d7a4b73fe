import { keys } from '#domain/keys.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { room, type Slot } from '#domain/reservations/slots/slot.ts';
import { holderOf } from '#domain/reservations/slots/slots.ts';
import type { Write } from '#lib/aws/table.ts';
import { everythingEnds, moneyAgrees, projectionsAgree, tenantsAreApart } from './checkers-at-rest.ts';
import type { Evidence } from './history.ts';

const skewMs = 10_000;

/** Every invariant of a history. Each violation is a sentence; an empty list is a pass. */
export function violationsOf(evidence: Evidence): string[] {
  const found = [
    oneHolder,
    bookingsAndAnswersAgree,
    everyEventIsPublished,
    moneyAgrees,
    oneKeyOneOutcome,
    noRefusalKeepsItsHold,
    everythingEnds,
    tenantsAreApart,
    projectionsAgree,
  ].flatMap((checker) => checker(evidence));
  return [...found, ...evidence.stuck];
}

/**
 * A slot changes hands only when it is free or its lease has expired, and never from a booking.
 * Only its own attempt books or releases it.
 */
function oneHolder({ writes }: Evidence): string[] {
  return writes.flatMap(({ before, image, at }) => {
    const { attempt } = image.event;
    if (before?.state === 'held' && image.state !== 'held' && attempt !== before.hold)
      return [`${before.pk}: ${image.event.type} by an attempt that did not hold it`];
    if (!before || before.hold === undefined || image.hold === undefined || image.hold === before.hold)
      return [];
    if (before.state === 'booked') return [`${before.pk}: a booking was overwritten by another`];
    return (before.until ?? 0) > at + skewMs ? [`${before.pk}: a living hold was taken`] : [];
  });
}

/** Every 200 has a booking of that caller in the table, and every booking has a request. */
function bookingsAndAnswersAgree({ writes, seen }: Evidence): string[] {
  const booked = new Map(
    writes
      .filter(({ image }) => image.state === 'booked')
      .map(({ image }) => [`${image.pk} ${image.hold}`, image]),
  );
  const holders = new Set(seen.map((one) => holderOf(one)));
  const unasked = [...booked.values()]
    .filter(({ holder }) => !holders.has(holder ?? ''))
    .map(({ pk }) => `${pk}: booked for a key that no caller sent`);
  const unbooked = seen.flatMap(({ call, tenant, slot, key, saw }) => {
    if (call !== 'reserve' || !('ok' in saw)) return [];
    const image = booked.get(`${keys.slot(tenant, slot).pk} ${readReservationId(saw.ok)?.hold}`);
    return image?.holder === holderOf({ tenant, slot, key })
      ? []
      : [`${tenant} slot ${slot} ${key}: told 200 without a booking`];
  });
  return [...unasked, ...unbooked];
}

/** Every write with a public event is published under its item and version. */
function everyEventIsPublished({ writes, cloud, lossless }: Evidence): string[] {
  const published = new Set(cloud.published.map(({ id }) => id));
  const last = new Map(writes.map(({ image }) => [image.pk, image]));
  const due = lossless ? writes.map(({ image }) => image) : [...last.values()];
  return due
    .filter(({ event, eventV, v }) => event.type !== 'slot.held' && (eventV === v || !lossless))
    .filter(({ pk, eventV }) => !published.has(`${pk}@${eventV}`))
    .map(({ pk, event, eventV }) => `${pk}@${eventV}: ${event.type} was never published`);
}

/**
 * One key and command has one outcome: at most one booking, and a definite answer is repeated to
 * all.
 */
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
    const outcomes = new Set(
      all.map(({ saw }) => ('ok' in saw ? saw.ok : 'problem' in saw ? saw.problem : '')),
    );
    const forgotten =
      new Set(
        seen.filter(({ saw }) => 'problem' in saw && saw.problem === 'check-refused').map(({ key }) => key),
      ).size >= room.past;
    return outcomes.size > 1 && !(forgotten && outcomes.has('check-refused'))
      ? [`${who}: answered ${[...outcomes].join(' and ')}`]
      : [];
  });
  return [...twice, ...differing];
}

const definite = (saw: object): boolean =>
  'ok' in saw || ('problem' in saw && saw.problem === 'check-refused');

/**
 * No call that holds or has booked the slot answers a refusal. (The exception is a first attempt
 * that lands after its answer; settling releases its hold.)
 */
function noRefusalKeepsItsHold({ seen, writes }: Evidence): string[] {
  const refusals = new Map(
    seen.filter(({ call, saw }) => call === 'reserve' && 'problem' in saw).map((one) => [one.process, one]),
  );
  return writes.flatMap(({ process, image, at }, i) => {
    const answer = refusals.get(process);
    if (
      !answer ||
      at > answer.decided ||
      image.hold === undefined ||
      (image.event.type !== 'slot.held' && image.event.type !== 'slot.reserved') ||
      image.event.attempt !== image.hold
    )
      return [];
    const next = writes.find(
      (later, index) => index > i && later.image.pk === image.pk && later.image.hold !== image.hold,
    );
    return next && next.at <= answer.at
      ? []
      : [`${image.pk}: refused by the call that holds it (${image.state})`];
  });
}

/**
 * An expired hold counts as free for the next caller, whether or not its settle message has come.
 */
export function stuckOn({ label, values, names }: Write, slot: Slot | undefined): string[] {
  const now = Number(values?.now);
  if (label !== 'hold' || slot?.state !== 'held' || (slot.until ?? 0) >= now || slot.hold === values?.hold)
    return [];
  const excused =
    slot.past[names?.mine ?? ''] ||
    (slot.open?.size ?? 0) >= room.open ||
    slot.open?.has(String(values?.hold)) ||
    (slot.full ?? 0) >= now;
  return excused ? [] : [`${slot.pk}: a lapsed hold was not free`];
}
