import { systemClock } from './clock.ts';
import { dynamoTable } from './dynamo-table.ts';
import { env } from './env.ts';
import { once } from './once.ts';
import type { Store, Table } from './table.ts';
import { thinCalls } from './thin-calls.ts';

const call = once(() => thinCalls());

/** The deployed product's table and the real time, made at first use. */
export const store = once(
  (): Store => ({ table: dynamoTable({ call: call(), name: env('TABLE') }), clock: systemClock }),
);

/** The table of parked records. */
export const parkedTable = once((): Table => dynamoTable({ call: call(), name: env('PARKED') }));

/** The table of ledger rows: they are added and read, never changed. */
export const ledgerTable = once((): Table => dynamoTable({ call: call(), name: env('LEDGER') }));
