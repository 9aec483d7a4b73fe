import type { Command } from 'commander';
import { type Image, relayImages } from '#domain/relay/relay.ts';
import { openSettleMessages } from '#domain/reservations/slots/slot-outbox.ts';
import type { Item } from '#lib/aws/table.ts';
import { outboxesOn } from '#wiring/relay.ts';
import { json, lines, progress, progressDone, say } from './terminal.ts';
import { openTools, type Tools } from './tools.ts';

type Asked = { tenant?: string; dryRun?: boolean; json?: boolean; stack: string };
type Counts = { slots: number; settles: number; events: number };

/**
 * `repair`: after an outage of the stream of more than a day, settles every payment that is not at
 * rest, and publishes every slot's last event again.
 */
export function addRepair(program: Command): void {
  program
    .command('repair')
    .description(
      'after a long outage of the relay: settle every open payment, publish every last event again',
    )
    .option('--tenant <name>', 'only this tenant')
    .option('--dry-run', 'only count')
    .option('--json', 'JSON on stdout')
    .action(async (_, command: Command) => {
      const asked = command.optsWithGlobals<Asked>();
      const counts = await repair(await openTools(asked), asked);
      if (asked.json) return json({ ...counts, dryRun: asked.dryRun ?? false });
      const [settling, telling] = asked.dryRun
        ? ['to settle', 'to publish']
        : ['settling', 'published again'];
      lines([
        `${counts.slots} slots, ${counts.settles} payments ${settling}, ${counts.events} events ${telling}`,
      ]);
      if (!asked.dryRun)
        say('Subscribers ignore an event that they have seen; a settled payment is not changed.');
    });
}

async function repair(tools: Tools, { tenant, dryRun = false }: Asked): Promise<Counts> {
  const marginMs = tools.settings('SETTLE_MARGIN_SECONDS') * 1000;
  const counts = { slots: 0, settles: 0, events: 0 };
  const mine = tenant
    ? { filter: '#sk = :slot AND begins_with(#pk, :mine)', values: { slot: 'slot', mine: `${tenant}#slot#` } }
    : undefined;
  for await (const items of tools.scanTable(mine ?? { filter: '#sk = :slot', values: { slot: 'slot' } })) {
    const settles = items.flatMap((item) => openSettleMessages(item, tools.clock.now(), marginMs));
    if (!dryRun) await tools.queues.sendMessages(settles);
    counts.events += await tellAgain(items, tools, dryRun);
    counts.slots += items.length;
    counts.settles += settles.length;
    progress(`${counts.slots} slots …`);
  }
  progressDone();
  return counts;
}

/**
 * Publishes the last event with its original id. Its jobs are left out: the open payments of the
 * slot say what to settle.
 */
async function tellAgain(items: Item[], { bus, ...tools }: Tools, dryRun: boolean): Promise<number> {
  const silent = Object.fromEntries(
    Object.entries(outboxesOn(tools)).map(([kind, { data }]) => [kind, { data, jobs: () => [] }]),
  );
  const images = items.map((item) => ({ ...item, v: (item as Image).eventV }) as Image);
  let told = 0;
  const publish = async (events: Parameters<typeof bus.putEvents>[0]) => {
    told += events.length;
    if (!dryRun) await bus.putEvents(events);
  };
  const park = async ({ key, reason }: { key: { pk: string }; reason: string }) =>
    say(`${key.pk}: cannot be published: ${reason}`);
  const idle = {
    queues: { sendMessages: async () => {} },
    executions: { startExecution: async () => {} },
    record: async () => {},
  };
  await relayImages(images, { outboxes: silent, bus: { putEvents: publish }, ...idle, park });
  return told;
}
