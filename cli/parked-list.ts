import type { Command } from 'commander';
import { standingRecords, type Wanted, withDeadLetters } from './standing.ts';
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

/** `parked list`: what waits for an operator. */
export function addParkedList(parked: Command): void {
  parked
    .command('list')
    .description('parked records and dead letters that nobody has brought back')
    .option('--tenant <name>', 'only this tenant')
    .option('--from <name>', 'only of this queue, or relay')
    .option('--json', 'JSON on stdout, with what each contains')
    .action(async (_, command: Command) => {
      const asked = command.optsWithGlobals<Wanted & { json?: boolean; stack: string }>();
      const listed = await list(await openTools(asked), asked);
      if (asked.json) return json(listed);
      if (listed.length === 0) return say('Nothing is parked.');
      const rows = listed.map(({ kind, from, tenant, at, reason }) => [kind, from, tenant, at, reason]);
      table(['KIND', 'FROM', 'TENANT', 'AT', 'REASON'], rows);
    });
}

async function list(tools: Tools, wanted: Wanted): Promise<Listed[]> {
  const records = await standingRecords(tools, wanted);
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
