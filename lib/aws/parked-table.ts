import type { Decision, Put, Table } from './table.ts';

/**
 * The dead-letter table as functions see it: they add records, and an operator's tool reads and
 * redrives them.
 */
export interface ParkedTable {
  parkItem(put: Put): Promise<Decision>;
}

/** The part of a table that parks records. */
export const parkingIn = (rows: Table): ParkedTable => ({
  async parkItem(put) {
    return rows.putItem(put);
  },
});
