import { keys } from '#domain/keys.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { ticketId } from '#domain/tickets/ticket.ts';
import { catalogue } from '#events/index.ts';
import { type Stage, syncsIn } from './stage.ts';

const nameOf = ({ pk }: { pk: string }) => pk.replace('#sync', '').slice(0, 14);

/** Every write that carries an event for everyone has been told, under its item and version. */
export function everyEventIsTold({ writes, cloud }: Stage): string[] {
  const told = new Set(cloud.told.map(({ id }) => id));
  return writes
    .filter(({ image }) => image.eventV === image.v && catalogue.get(image.event.type)?.told === 'bus')
    .filter(({ image }) => !told.has(`${image.pk}@${image.v}`))
    .map(({ image }) => `${nameOf(image)}: ${image.event.type} was never told`);
}

/** What events have built says what the syncs say: the list each one's state, and a ticket is open where a person is waited for. */
export function projectionsAgree({ table }: Stage): string[] {
  return syncsIn(table).flatMap((sync) => {
    const listed = table.peek(keys.listedSync(sync.tenant, sync.acceptedAt, sync.token));
    const ticket = table.peek(keys.ticket(sync.tenant, ticketId(sync.token)));
    const kept =
      ticket && table.peek(keys.listedTicket(sync.tenant, Number(ticket.openedAt), String(ticket.id)));
    const wrong = [
      ...(listed?.state === sync.state ? [] : [`the list says ${listed?.state}`]),
      ...([undefined, ticket?.state === 'open'].includes(isWaitedFor(sync))
        ? []
        : [`its ticket is ${ticket?.state}`]),
      ...(kept?.state === ticket?.state ? [] : [`the list of tickets says ${kept?.state}`]),
    ];
    return wrong.map((why) => `${nameOf(sync)} is ${sync.state}, and ${why}`);
  });
}

/**
 * Whether a person must look at it: it is parked, or came to nothing although nobody had asked for that. Undefined where it
 * was asked for only afterwards: then its ticket is open or closed, by which of the two was told first.
 */
function isWaitedFor({ state, undo, byHand, endedAt = 0 }: Sync): boolean | undefined {
  if (state === 'parked') return true;
  if (state === 'committed' || byHand || (undo && undo.at <= endedAt)) return false;
  return undo ? undefined : true;
}
