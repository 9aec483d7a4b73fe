import { eventBus } from '#lib/bus.ts';
import { setting } from '#lib/env.ts';
import { sagaExecutions } from '#lib/executions.ts';
import { once } from '#lib/once.ts';
import { jobQueues } from '#lib/queues.ts';
import { ledgerTable, store } from '#lib/store.ts';
import { named } from './keys.ts';
import { ledgerOn } from './ledger/ledger.ts';
import { parking } from './publishing/parking.ts';
import type { Destinations } from './publishing/relay-images.ts';
import { tellers } from './telling.ts';

/** Every destination of the relay, made at first use. */
export const relayDestinations = /* @__PURE__ */ once((): Destinations => {
  const { clock } = store();
  const park = parking();
  return {
    tellers: tellers(clock, setting('SETTLE_MARGIN_SECONDS') * 1000),
    bus: eventBus,
    queues: jobQueues,
    executions: sagaExecutions,
    record: ledgerOn({ ledger: ledgerTable(), clock }).record,
    park: ({ key, ...rest }) => park({ ...rest, tenant: named(key).tenant }),
  };
});
