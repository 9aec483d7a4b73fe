import { activeParticipants, isEnded, partOf, type Sync } from '#domain/syncs/sync.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { isDone } from '#domain/syncs/undo/cascade.ts';
import type { Store } from '#lib/aws/table.ts';
import { actions, askedOf, forgetful, unsafeReason } from './operate-sync.ts';
import { type Ticket, ticketEventData } from './ticket.ts';
import { readTicket } from './tickets.ts';

/**
 * A ticket with all that an operator needs: cause, state of each system, and the safe actions.
 * `root` is the relative path from the door to the API's root.
 */
export async function showTicket(store: Store, tenant: string, id: string, root = '../../../') {
  const ticket = await readTicket(store, tenant, id);
  const sync = await readSync(store, tenant, ticket.sync);
  const body = {
    ...ticketEventData(ticket),
    known: syncView(sync).systems,
    safe_actions: ticket.state === 'open' ? safe(sync) : [],
    next_safe_action: nextOf(ticket, sync, store.clock.now()),
    links: {
      sync: `${root}api/v1/syncs/${sync.syncId}`,
      ledger: `${root}api/v1/syncs/${sync.syncId}/ledger`,
      undo: `${root}api/v1/rollbacks/${sync.syncId}/plan`,
    },
  };
  return { ticket, sync, etag: `${ticket.v}.${sync.v}`, body };
}

type Safe = { action: string; systems?: string[] };

function safe(sync: Sync): Safe[] {
  if (isEnded(sync)) return [{ action: 'mark-done' }];
  if (sync.state !== 'parked') return [];
  const names = activeParticipants(sync).map(({ name }) => name);
  return actions.flatMap((action): Safe[] => {
    if (action === 'retry' || action === 'force-rollback')
      return unsafeReason(sync, { action }) ? [] : [{ action }];
    const systems = names.filter((system) => !unsafeReason(sync, { action, system }));
    return systems.length > 0 ? [{ action, systems }] : [];
  });
}

/** The next action, in one sentence for an operator on call. */
function nextOf(ticket: Ticket, sync: Sync, now: number): string {
  if (ticket.state === 'closed') return 'Nothing: the ticket is closed.';
  if (sync.state === 'rolled_back' || sync.state === 'undone')
    return 'No system has the change. Fix the cause, send the change again under a new id, then mark-done.';
  if (isEnded(sync)) return 'Nothing: the sync has ended. Mark it done.';
  if (sync.state !== 'parked') return 'Wait: the sync continues by itself.';
  if (sync.undo?.waitingFor && isDone(sync))
    return `Resolve ${sync.undo.waitingFor[0]}, then retry; or force the rollback, which undoes this sync alone and keeps the later ones.`;
  const late =
    now > sync.deadline && !sync.decision ? ' Its deadline has passed: every action ends in a rollback.' : '';
  const doubt = activeParticipants(sync).find(({ name }) => partOf(sync, name).intent) ?? forgetful(sync);
  const waits = sync.waitingFor.join(' and ') || doubt?.name || 'the system';
  if (!unsafeReason(sync, { action: 'retry' }))
    return `Make sure that ${waits} answers, then retry: systems that have answered are skipped.${late}`;
  const name = doubt?.name ?? waits;
  return `Ask the operators of ${name} whether it did the ${askedOf(sync, name)}. If it did, mark-done; if not, skip it.${late}`;
}
