import { type AppendOnly, appendOnly } from './append-only.ts';
import { systemClock } from './clock.ts';
import { dynamoClient } from './dynamo-client.ts';
import { dynamoTable } from './dynamo-table.ts';
import { env } from './env.ts';
import { once } from './once.ts';
import { type ParkedTable, parkingIn } from './parked-table.ts';
import type { Store } from './table.ts';

const client = /* @__PURE__ */ once(dynamoClient);

/** The deployed product's table and the real time, made at first use. */
export const store = /* @__PURE__ */ once(
  (): Store => ({ table: dynamoTable({ client: client(), name: env('TABLE') }), clock: systemClock }),
);

/** The table of parked records. */
export const parkedTable = /* @__PURE__ */ once(
  (): ParkedTable => parkingIn(dynamoTable({ client: client(), name: env('PARKED') })),
);

/** The table of ledger rows: they are added and read, never changed. */
export const ledgerTable = /* @__PURE__ */ once(
  (): AppendOnly => appendOnly(dynamoTable({ client: client(), name: env('LEDGER') })),
);
