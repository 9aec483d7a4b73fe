import { type Command, Option } from 'commander';
import type { State } from '#domain/syncs/sync.ts';
import { listSyncs } from '#domain/syncs/sync-list.ts';
import { syncView } from '#domain/syncs/sync-view.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { SyncData } from '#events/sync-data.ts';
import { states } from '#events/sync-words.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Store } from '#lib/aws/table.ts';
import { readSyncId } from './sync-id.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, lines, say, table } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = Tenanted & { state?: State; type?: string };

/** `syncs list | show`. */
export function addSyncs(syncs: Command): void {
  tenanted(syncs.command('list'))
    .description('list syncs by time of acceptance; a new one appears a second or two later')
    .addOption(new Option('--state <state>', 'only in this state').choices(states))
    .option('--type <type>', 'only of this type')
    .action((_, command: Command) => list(command.optsWithGlobals()));
  tenanted(syncs.command('show <id>'))
    .description('show one sync: its decision, the reason, and the votes of each system')
    .action((id: string, _, command: Command) => show(id, command.optsWithGlobals()));
}

async function list({ tenant, ...asked }: Asked): Promise<void> {
  const { store } = await openTools(asked);
  const found = await allSyncs(store, tenant, asked);
  if (asked.json) return json(found);
  if (found.length === 0) return say(`${tenant} has no such syncs.`);
  const rows = found.map(({ sync_id, type, state, accepted_at, reason = '' }) => [
    sync_id,
    type,
    state,
    accepted_at,
    reason,
  ]);
  table(['ID', 'TYPE', 'STATE', 'ACCEPTED', 'REASON'], rows);
}

const allSyncs = (
  store: Store,
  tenant: string,
  { state, type }: Pick<Asked, 'state' | 'type'>,
): Promise<SyncData[]> =>
  Array.fromAsync(
    everyItem((from) => listSyncs(store, tenant, { state, type, ...from, limit: 1_000 })),
    ({ view }) => view as SyncData,
  );

async function show(typed: string, { tenant, ...asked }: Asked): Promise<void> {
  const id = readSyncId(typed);
  const { store } = await openTools(asked);
  const view = syncView(await readSync(store, tenant, id));
  if (asked.json) return json(view);
  const why = view.parked?.reason ?? view.decision?.reason;
  lines([
    `${view.sync_id}  ${view.type}  ${view.state}${why ? `: ${why}` : ''}`,
    `grade ${view.grade}: ${view.grade_reason}`,
  ]);
  const rows = view.systems.map(({ system, attempts, waiting, ...rest }) => {
    const {
      phase = '',
      vote = '',
      last_error = '',
    } = rest as { phase?: string; vote?: string; last_error?: string };
    return [system, phase, vote, String(attempts), waiting ? 'yes' : '', last_error];
  });
  table(['SYSTEM', 'PHASE', 'VOTE', 'CALLS', 'WAITED FOR', 'LAST ERROR'], rows);
}
