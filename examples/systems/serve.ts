import { type Clock, systemClock } from '#lib/clock.ts';
import { serveClearinghouse } from './clearinghouse.ts';
import { serveEligibility } from './eligibility.ts';

/** All outside systems of the demo as real servers on free ports. `host`: where they listen, 127.0.0.1 by default. */
export async function serveSystems({ host = '127.0.0.1', clock = systemClock }: { host?: string; clock?: Clock } = {}) {
  const [eligibility, clearinghouse] = await Promise.all([serveEligibility({ clock, host }), serveClearinghouse({ clock, host })]);
  return {
    systems: { eligibility: { url: eligibility.url }, clearinghouse: { url: clearinghouse.url } },
    close: async () => void (await Promise.all([eligibility.close(), clearinghouse.close()])),
  };
}

if (import.meta.main) {
  const { systems, close } = await serveSystems();
  for (const [name, { url }] of Object.entries(systems)) console.log(`ENDPOINT_${name.toUpperCase()}=${url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, close);
}
