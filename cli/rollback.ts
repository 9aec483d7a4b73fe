import { type Command, Option } from 'commander';
import { planUndo } from '#domain/syncs/undo/undo-plan.ts';
import { undoSync } from '#domain/syncs/undo/undo-sync.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import { undoingToolsOn, undoPlanToolsOn } from '#wiring/syncs.ts';
import { readSyncId } from './sync-id.ts';
import { json, say, table } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = {
  tenant: string;
  plan?: boolean;
  cascade?: boolean;
  net?: boolean;
  json?: boolean;
  stack: string;
};
type Plan = Awaited<ReturnType<typeof planUndo>>['body'];

/** `rollback TOKEN`: the undo of `POST /rollbacks/{token}`, made here. */
export function addRollback(program: Command): void {
  program
    .command('rollback <token>')
    .description('undo a sync everywhere, by its token; a repeat gets the same answer')
    .requiredOption('--tenant <name>', 'the tenant (required)')
    .option('--plan', 'only say what would happen, and which later syncs touched the same subjects')
    .addOption(
      new Option('--cascade', 'undo those later syncs first, latest first').conflicts(['net', 'plan']),
    )
    .addOption(new Option('--net', 'undo this sync alone and keep the later ones').conflicts('plan'))
    .option('--json', 'JSON on stdout')
    .action((syncId: string, _, command: Command) => rollback(readSyncId(syncId), command.optsWithGlobals()));
}

async function rollback(
  syncId: string,
  { tenant, plan = false, cascade, net, ...asked }: Asked,
): Promise<void> {
  const platform = await openTools(asked);
  const { etag, body } = await planUndo({ tenant, syncId }, undoPlanToolsOn(platform));
  if (!asked.json) show(body, plan ? 'WOULD' : 'WILL');
  if (plan)
    return asked.json
      ? json(body)
      : say(
          body.possible ? `It can be undone: ${body.regime}.` : `It can no longer be undone: ${body.regime}.`,
        );
  const later = cascade ? 'cascade' : net ? 'net' : undefined;
  const { state, undo } = await undoSync(
    { tenant, syncId, by: 'cli', plan: later && [etag], later },
    undoingToolsOn(platform),
  );
  const at = rfc3339(undo?.at ?? 0);
  if (asked.json)
    return json({
      ...body,
      state,
      undo_asked_at: at,
      ...(undo?.waitingFor && { undo_waits_for: undo.waitingFor }),
    });
  if (body.undo_asked_at) return say(`It was undone, or is being undone, since ${at}.`);
  const first = undo?.waitingFor
    ? `, after ${undo.waitingFor.join(', ')}`
    : net && body.conflicts.length > 0
      ? ', alone'
      : '';
  say(
    `${syncId} is being undone${first} (it was ${body.regime}): npx lockstep syncs show ${syncId} --tenant ${tenant}`,
  );
}

function show({ systems, conflicts, conflicts_complete: complete }: Plan, verb: string): void {
  if (systems.length > 0)
    table(
      ['SYSTEM', verb, 'UNTIL', 'WHY'],
      systems.map(({ system, would, why, until }) => [system, would, until ?? '', why]),
    );
  if (conflicts.length > 0)
    table(
      ['LATER SYNC', 'STATE', 'ACCEPTED', 'IN COMMON', 'SUCH AS'],
      conflicts.map((one) => [
        one.sync_id,
        one.state,
        one.accepted_at,
        String(one.subjects),
        one.examples.join(', '),
      ]),
    );
  if (!complete) say('There are more later syncs than the check reads.');
}
