import { type AppendOnly, appendOnly } from './append-only.ts';
import { systemClock } from './clock.ts';
import { dynamoTable } from './dynamo-table.ts';
import { env } from './env.ts';
import { once } from './once.ts';
import { type ParkedTable, parkingIn } from './parked-table.ts';
import type { Store } from './table.ts';
import { thinCalls } from './thin-calls.ts';

const call = /* @__PURE__ */ once(() => thinCalls());

/** The deployed product's table and the real time, made at first use. */
export const store = /* @__PURE__ */ once(
  (): Store => ({ table: dynamoTable({ call: call(), name: env('TABLE') }), clock: systemClock }),
);

/** The table of parked records. */
export const parkedTable = /* @__PURE__ */ once(
  (): ParkedTable => parkingIn(dynamoTable({ call: call(), name: env('PARKED') })),
);

/** The table of ledger rows: they are added and read, never changed. */
export const ledgerTable = /* @__PURE__ */ once(
  (): AppendOnly => appendOnly(dynamoTable({ call: call(), name: env('LEDGER') })),
);
