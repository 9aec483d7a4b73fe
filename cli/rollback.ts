import type { Command } from 'commander';
import { findSync } from '#domain/syncs/read-sync.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { undoPlan } from '#domain/syncs/undo-plan.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
import { newId } from '#lib/ids.ts';
import { syncId } from './sync-id.ts';
import { syncLimits } from './sync-limits.ts';
import { json, say, table } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = { tenant: string; plan?: boolean; json?: boolean; stack: string };

/** `rollback TOKEN`: what `POST /rollbacks/{token}` does, from here. */
export function addRollback(program: Command): void {
  program
    .command('rollback <token>')
    .description('undo a sync everywhere, by its token; the same again is the same answer')
    .requiredOption('--tenant <name>', 'whose (required)')
    .option('--plan', 'only say what would happen')
    .option('--json', 'JSON on stdout')
    .action((token: string, _, command: Command) => rollback(syncId(token), command.optsWithGlobals()));
}

async function rollback(token: string, { tenant, plan = false, ...asked }: Asked): Promise<void> {
  const { store, clock } = await openTools(asked);
  const found = await findSync(store, tenant, token);
  const { body } = undoPlan(token, found, clock.now());
  const undone = plan
    ? undefined
    : await undoSync({ tenant, token, by: 'cli' }, { syncs: syncsOn({ ...store, newId }), clock, newId, limits: syncLimits });
  if (asked.json)
    return json(undone ? { ...body, state: undone.state, undo_asked_at: new Date(undone.undo?.at ?? 0).toISOString() } : body);
  if (body.systems.length > 0)
    table(
      ['SYSTEM', plan ? 'WOULD' : 'WILL', 'UNTIL', 'WHY'],
      body.systems.map(({ system, would, why, until }) => [system, would, until ?? '', why]),
    );
  if (undone && found?.undo) return say(`It was undone, or is being undone, since ${new Date(found.undo.at).toISOString()}.`);
  if (undone) return say(`${token} is being undone (it was ${body.regime}): npx lockstep syncs show ${token} --tenant ${tenant}`);
  say(body.possible ? `It can be undone: ${body.regime}.` : `It can no longer be undone: ${body.regime}.`);
}
