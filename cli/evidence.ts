import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { showEvidence } from '#domain/show-evidence.ts';
import { syncId } from './sync-id.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, say } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = Tenanted & { item?: string; output?: string };

/** `evidence get`: what `GET /syncs/{id}/evidence` answers, from here. `verify` checks it, here or anywhere else. */
export function addEvidence(evidence: Command): void {
  tenanted(evidence.command('get <id>'))
    .description('one sync as a bundle that anybody can check: npx lockstep verify')
    .option('--item <id>', 'with the proof of this item of its batch')
    .option('-o, --output <file>', 'into a file instead of stdout')
    .action((id: string, _, command: Command) => get(id, command.optsWithGlobals()));
}

async function get(typed: string, { tenant, item, output, ...asked }: Asked): Promise<void> {
  const token = syncId(typed);
  const bundle = await showEvidence({ tenant, token, item }, await openTools(asked));
  if (output) writeFileSync(output, `${JSON.stringify(bundle, null, 2)}\n`);
  else json(bundle);
  const { rows, covered_rows: covered } = bundle;
  say(covered < rows.length ? `A checkpoint covers ${covered} of ${rows.length} rows so far.` : `A checkpoint covers all ${covered} rows.`);
}
