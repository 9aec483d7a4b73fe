import type { Decision, Put, Table } from './table.ts';

/** The table of parked records, as the functions use it: records are added, and an operator's tool does the rest. */
export interface ParkedTable {
  parkItem(put: Put): Promise<Decision>;
}

/** The side of a table by which records are parked. */
export const parkingIn = (rows: Table): ParkedTable => ({
  async parkItem(put) {
    return rows.putItem(put);
  },
});
