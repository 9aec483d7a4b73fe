import type { Command } from 'commander';
import { parkedRecords, type Wanted, withDeadLetters } from './dead-letter-queries.ts';
import { json, say, table } from './terminal.ts';
import { openTools, type Tools } from './tools.ts';

type Listed = {
  kind: 'parked' | 'dead-letter';
  from: string;
  tenant: string;
  at: string;
  reason: string;
  body: unknown;
};

/** `dead-letters list`: parked records, and the messages in dead-letter queues. */
export function addDeadLettersList(deadLetters: Command): void {
  deadLetters
    .command('list')
    .description('list parked records and dead letters that were not redriven')
    .option('--tenant <name>', 'only this tenant')
    .option('--from <name>', 'only those of this queue, or of relay')
    .option('--json', 'JSON on stdout, with the content of each')
    .action(async (_, command: Command) => {
      const asked = command.optsWithGlobals<Wanted & { json?: boolean; stack: string }>();
      const listed = await list(await openTools(asked), asked);
      if (asked.json) return json(listed);
      if (listed.length === 0) return say('There are no dead letters.');
      const rows = listed.map(({ kind, from, tenant, at, reason }) => [kind, from, tenant, at, reason]);
      table(['KIND', 'FROM', 'TENANT', 'AT', 'REASON'], rows);
    });
}

async function list(tools: Tools, wanted: Wanted): Promise<Listed[]> {
  const records = await parkedRecords(tools, wanted);
  const parked = records.map(
    ({ from, pk, at, reason, body }): Listed => ({
      kind: 'parked',
      from,
      tenant: pk,
      at,
      reason,
      body: understood(body),
    }),
  );
  const dead = await withDeadLetters(tools, wanted, async (letters) => ({
    value: letters.map(
      ({ from, tenant, at, body }): Listed => ({
        kind: 'dead-letter',
        from,
        tenant,
        at,
        reason: 'failed too often',
        body: understood(body),
      }),
    ),
    taken: [],
  }));
  return [...parked, ...dead];
}

function understood(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
