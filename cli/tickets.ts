import { type Command, Option } from 'commander';
import { actOnTicket } from '#domain/syncs/tickets/act-on-ticket.ts';
import { type Action, actions } from '#domain/syncs/tickets/operate-sync.ts';
import { showTicket } from '#domain/syncs/tickets/show-ticket.ts';
import { listTickets } from '#domain/syncs/tickets/ticket-list.ts';
import type { TicketData } from '#events/ticket-data.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Store } from '#lib/aws/table.ts';
import { syncToolsOn } from '#wiring/syncs.ts';
import { readReason } from './reason.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, lines, say, table } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = Tenanted & { all?: boolean; action: Action; system?: string; reason: string; seen: string };

/** `tickets list | show | act`. */
export function addTickets(tickets: Command): void {
  tenanted(tickets.command('list'))
    .description('list tickets, oldest first')
    .option('--all', 'closed tickets too')
    .action((_, command: Command) => list(command.optsWithGlobals()));
  tenanted(tickets.command('show <id>'))
    .description('show one ticket: its cause, what is known of each system, and what is safe to do')
    .action((id: string, _, command: Command) => show(id, command.optsWithGlobals()));
  tenanted(tickets.command('act <id>'))
    .description(
      'take a safe action on the version of the ticket that you have seen; the ledger records it with your reason',
    )
    .addOption(new Option('--action <action>', 'the action').choices(actions).makeOptionMandatory())
    .option('--system <name>', 'the system, for skip and mark-done')
    .requiredOption('--reason <text>', 'why, in one line', readReason)
    .requiredOption('--seen <tag>', 'the tag that `tickets show` prints as seen')
    .action((id: string, _, command: Command) => act(id, command.optsWithGlobals()));
}

async function list({ tenant, all = false, ...asked }: Asked): Promise<void> {
  const { store } = await openTools(asked);
  const found = await allTickets(store, tenant, all ? undefined : 'open');
  if (asked.json) return json(found);
  if (found.length === 0) return say('No ticket waits for an operator.');
  table(
    ['ID', 'STATE', 'OPENED', 'SYNC', 'CAUSE'],
    found.map(({ ticket_id, state, opened_at, sync_id, cause }) => [
      ticket_id,
      state,
      opened_at,
      sync_id,
      cause,
    ]),
  );
}

const allTickets = (store: Store, tenant: string, state: string | undefined): Promise<TicketData[]> =>
  Array.fromAsync(
    everyItem((from) => listTickets(store, tenant, { state, ...from, limit: 1_000 })),
    ({ view }) => view as TicketData,
  );

async function show(id: string, { tenant, ...asked }: Asked): Promise<void> {
  const { store } = await openTools(asked);
  tell(await showTicket(store, tenant, id), asked.json);
}

async function act(id: string, { tenant, action, system, reason, seen, ...asked }: Asked): Promise<void> {
  const tools = await openTools(asked);
  const operate = { action, system, reason, by: 'cli' };
  tell(
    await actOnTicket({ tenant, id, seen: [seen], operate }, { ...syncToolsOn(tools), store: tools.store }),
    asked.json,
  );
}

function tell({ etag, body }: Awaited<ReturnType<typeof showTicket>>, asJson = false) {
  if (asJson) return json({ ...body, seen: etag });
  lines([`${body.ticket_id}  ${body.state}  ${body.cause}`, body.next_safe_action]);
  const safe = body.safe_actions.map(({ action, systems }) =>
    systems ? `${action} (${systems.join(', ')})` : action,
  );
  lines([`safe: ${safe.join(', ') || 'nothing'}`, `seen: ${etag}`]);
  table(
    ['SYSTEM', 'PREPARE', 'COMMIT', 'ROLLBACK', 'LAST ERROR'],
    body.known.map(({ system, prepare, commit, rollback, last_error = '' }) => {
      return [system, prepare?.vote ?? '', commit?.vote ?? '', rollback?.vote ?? '', last_error];
    }),
  );
}
