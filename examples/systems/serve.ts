import { type Clock, systemClock } from '#lib/clock.ts';
import { serveCheques } from './cheques.ts';
import { serveClearinghouse } from './clearinghouse.ts';
import { serveDashboard } from './dashboard.ts';
import { debitKey, serveDebit } from './debit.ts';
import { serveEligibility } from './eligibility.ts';
import { serveSwitchboard } from './switchboard.ts';

/**
 * All outside systems of the demo as real servers on free ports. `host`: where they listen,
 * 127.0.0.1 by default.
 */
export async function serveSystems({
  host = '127.0.0.1',
  clock = systemClock,
}: {
  host?: string;
  clock?: Clock;
} = {}) {
  const at = { clock, host };
  const [eligibility, clearinghouse, debit, cheques, dashboard] = await Promise.all([
    serveEligibility(at),
    serveClearinghouse(at),
    serveDebit(at),
    serveCheques(at),
    serveDashboard(at),
  ]);
  const systems = { eligibility, clearinghouse, debit, cheques, dashboard };
  const switchboard = await serveSwitchboard(systems);
  return {
    systems,
    switchboard: switchboard.url,
    /** The credentials of the callers, by manifest. */
    secrets: {
      'lockstep/debit': debitKey,
      'lockstep/cheques-host-key': cheques.hostKey,
      'lockstep/cheques-password': cheques.password,
    },
    close: async () =>
      void (await Promise.all([...Object.values(systems), switchboard].map((one) => one.close()))),
  };
}

/** The address for calls, if it is not the address of the control panel. */
export const endpointOf = ({ url, endpoint = url }: { url: string; endpoint?: string }): string => endpoint;

if (import.meta.main) {
  const { systems, close } = await serveSystems();
  for (const [name, system] of Object.entries(systems))
    console.log(`ENDPOINT_${name.toUpperCase()}=${endpointOf(system)}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, close);
}
