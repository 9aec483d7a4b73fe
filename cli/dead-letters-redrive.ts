import type { Command } from 'commander';
import type { DeadLetterRecord } from '#domain/relay/dead-letters.ts';
import { type Dead, parkedRecords, type Wanted, withDeadLetters } from './dead-letter-queries.ts';
import { bringBack } from './dead-letter-queues.ts';
import { redriveRecord } from './redrive-record.ts';
import { sentence } from './sentence.ts';
import { json, lines, say } from './terminal.ts';
import { openTools, type Tools } from './tools.ts';

type Asked = Wanted & { all?: boolean; dryRun?: boolean; json?: boolean; stack: string };
type Counts = { redriven: number; failed: number };

/**
 * `dead-letters redrive`: sends each back to its queue once the cause is fixed. A repeat is
 * harmless: the worker compares first.
 */
export function addDeadLettersRedrive(deadLetters: Command): void {
  deadLetters
    .command('redrive')
    .description('send parked records and dead letters back to their queues')
    .option('--from <name>', 'those of this queue, or of relay')
    .option('--tenant <name>', 'those of this tenant')
    .option('--all', 'those of every queue and tenant')
    .option('--dry-run', 'only list what would be sent back')
    .option('--json', 'JSON on stdout')
    .action(async (_, command: Command) => {
      const asked = command.optsWithGlobals<Asked>();
      if (!asked.from && !asked.tenant && !asked.all)
        throw new Error('Select dead letters by --from NAME, --tenant NAME or --all.');
      const tools = await openTools(asked);
      refuseUnknownQueue(asked, tools);
      const counts = { redriven: 0, failed: 0 };
      const show = asked.json ? say : (line: string) => lines([line]);
      await records(tools, asked, counts, show);
      await dead(tools, asked, counts, show);
      if (asked.json) json({ ...counts, dryRun: asked.dryRun ?? false });
      else
        say(
          asked.dryRun
            ? `${counts.redriven} would be sent back.`
            : `${counts.redriven} sent back, ${counts.failed} failed.`,
        );
      if (counts.failed > 0) process.exitCode = 1;
    });
}

/** A mistyped name would look like a redrive of nothing. */
function refuseUnknownQueue({ from }: Asked, { queueUrls }: Tools): void {
  const names = ['relay', ...Object.keys(queueUrls)];
  if (from !== undefined && !names.includes(from))
    throw new Error(`There is no queue ${from}: ${names.sort().join(', ')}.`);
}

async function records(
  tools: Tools,
  asked: Asked,
  counts: Counts,
  show: (line: string) => void,
): Promise<void> {
  for (const record of await parkedRecords(tools, asked)) {
    show(`${record.from}  ${record.pk}  ${record.reason}`);
    await count(counts, record, () => (asked.dryRun ? undefined : redriveRecord(record, tools)));
  }
}

const dead = (tools: Tools, asked: Asked, counts: Counts, show: (line: string) => void): Promise<void> =>
  withDeadLetters(tools, asked, async (letters) => {
    const taken: Dead[] = [];
    for (const letter of letters) {
      show(`${letter.from}  ${letter.tenant}  dead letter of ${letter.at}`);
      await count(counts, letter, async () => {
        if (asked.dryRun) return;
        await bringBack(tools.sqs, letter, letter);
        taken.push(letter);
      });
    }
    return { value: undefined, taken };
  });

/** A record that cannot be sent stays parked, and the next one is tried. */
async function count(
  counts: Counts,
  { from }: DeadLetterRecord | Dead,
  run: () => Promise<void> | undefined,
): Promise<void> {
  try {
    await run();
    counts.redriven += 1;
  } catch (error) {
    counts.failed += 1;
    say(`${from}: not sent back: ${sentence(error)}`);
  }
}
