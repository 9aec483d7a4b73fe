import { eventBus } from '#lib/bus.ts';
import { setting } from '#lib/env.ts';
import { sagaExecutions } from '#lib/executions.ts';
import { once } from '#lib/once.ts';
import { jobQueues } from '#lib/queues.ts';
import { ledgerTable, parkedTable, store } from '#lib/store.ts';
import { named } from './keys.ts';
import { ledgerOn } from './ledger/ledger.ts';
import { parkedOn } from './publishing/parked.ts';
import type { Destinations } from './publishing/relay-images.ts';
import { tellers } from './telling.ts';

/** Every destination of the relay, made at first use. */
export const relayDestinations = once((): Destinations => {
  const { clock } = store();
  const { park } = parkedOn({ parked: parkedTable(), clock });
  return {
    tellers: tellers(clock, setting('SETTLE_MARGIN_SECONDS') * 1000),
    bus: eventBus,
    queues: jobQueues,
    executions: sagaExecutions,
    record: ledgerOn(ledgerTable()).record,
    park: ({ key, ...rest }) => park({ ...rest, tenant: named(key).tenant }),
  };
});
