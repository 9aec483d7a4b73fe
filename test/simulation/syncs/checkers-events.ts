import { keys } from '#domain/keys.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { ticketId } from '#domain/syncs/tickets/ticket.ts';
import { catalogue } from '#events/index.ts';
import { type Stage, syncsIn } from './stage.ts';

const nameOf = ({ pk }: { pk: string }) => pk.replace('#sync', '').slice(0, 14);

/** Every write with a public event is published under its item and version. */
export function everyEventIsPublished({ writes, cloud }: Stage): string[] {
  const published = new Set(cloud.published.map(({ id }) => id));
  return writes
    .filter(({ image }) => image.eventV === image.v && catalogue.get(image.event.type)?.audience === 'bus')
    .filter(({ image }) => !published.has(`${image.pk}@${image.v}`))
    .map(({ image }) => `${nameOf(image)}: ${image.event.type} was never published`);
}

/**
 * The projections agree with the syncs: the list has each sync's state, and a ticket is open
 * where an operator is needed.
 */
export function projectionsAgree({ table }: Stage): string[] {
  return syncsIn(table).flatMap((sync) => {
    const listed = table.peek(keys.listedSync(sync.tenant, sync.acceptedAt, sync.syncId));
    const ticket = table.peek(keys.ticket(sync.tenant, ticketId(sync.syncId)));
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
 * Whether an operator is needed: the sync is parked, or was rolled back without a request.
 * Undefined where the undo came later: then either state of the ticket is right.
 */
function isWaitedFor({ state, undo, byHand, endedAt = 0 }: Sync): boolean | undefined {
  if (state === 'parked') return true;
  if (state === 'committed' || byHand || (undo && undo.at <= endedAt)) return false;
  return undo ? undefined : true;
}
