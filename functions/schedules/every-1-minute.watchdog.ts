import * as z from 'zod';
import { runWatchdog } from '#domain/syncs/recovery/watchdog.ts';
import { worker } from '#lib/worker.ts';
import { watchdogTools } from '#wiring/deployed-tools.ts';
import { parking } from '#wiring/relay.ts';

/** Checks open syncs without progress, and measures how many are open and how old they are. */
export const handler = worker({
  name: 'every-1-minute.watchdog',
  data: z.object({ tenant: z.string() }),
  read: () => ({ tenant: '_' }),
  park: parking,
  run: () => runWatchdog(watchdogTools()),
});
