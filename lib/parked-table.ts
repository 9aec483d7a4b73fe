import type { Decision, Put, Table } from './table.ts';

/** The table of parked records, as the functions use it: records are added, and an operator's tool does the rest. */
export interface ParkedTable {
  parkItem(put: Put): Promise<Decision>;
}

export const parkingIn = (rows: Table): ParkedTable => ({ parkItem: (put) => rows.putItem(put) });
