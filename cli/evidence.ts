import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { showEvidence } from '#domain/syncs/evidence/show-evidence.ts';
import { readSyncId } from './sync-id.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, print, say } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = Tenanted & { item?: string; output?: string };

/**
 * `evidence get`: the bundle of `GET /syncs/{id}/evidence`, made here. `evidence key`: the public
 * key that verifies its signature.
 */
export function addEvidence(evidence: Command): void {
  tenanted(evidence.command('get <id>'))
    .description('get the evidence of one sync as a bundle, for npx lockstep verify')
    .option('--item <id>', 'with the proof of this item of its batch')
    .option('-o, --output <file>', 'into a file instead of stdout')
    .action((id: string, _, command: Command) => get(id, command.optsWithGlobals()));
  evidence
    .command('key')
    .description('print the public key of this deployment in PEM, from KMS, for npx lockstep verify --key')
    .allowExcessArguments(false)
    .action((_, command: Command) => key(command.optsWithGlobals()));
}

async function key(asked: { stack: string }): Promise<void> {
  const { signer } = await openTools(asked);
  await print(await signer.readPublicKey());
}

async function get(typed: string, { tenant, item, output, ...asked }: Asked): Promise<void> {
  const syncId = readSyncId(typed);
  const bundle = await showEvidence({ tenant, syncId, item }, await openTools(asked));
  if (output) writeFileSync(output, `${JSON.stringify(bundle, null, 2)}\n`);
  else json(bundle);
  const { rows, covered_rows: covered } = bundle;
  say(
    covered < rows.length
      ? `${covered} of its ${rows.length} rows are signed so far. A checkpoint signs the rest within three minutes: get the bundle again then.`
      : `A checkpoint covers all ${covered} rows.`,
  );
}
