import type { Outbox } from '#domain/relay/relay.ts';
import { jobMessage } from '#lib/aws/job-message.ts';

/** The jobs of a write of a circuit: the syncs that wait for the system are woken. */
export const circuitOutbox: Outbox = {
  data: ({ sk }) => ({ system: sk }),
  jobs: ({ sk, event }) => {
    const why = (event as { why?: string }).why ?? `${sk} answers again`;
    return [jobMessage('system.wake', { tenant: '_', system: sk, why })];
  },
};
