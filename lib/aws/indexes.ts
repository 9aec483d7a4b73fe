/**
 * The indexes of the product's tables: partition attribute, order, and the attributes shown beside
 * the keys. infra/stacks/tables.ts creates them.
 */
export const indexes = {
  /** Items with a due time, in that order. */
  Open: { partition: 'openShard', order: 'due', shows: ['epoch', 'state', 'waitingFor'] },
  /** The ledger's rows of a minute, in no order. */
  Recorded: { partition: 'minute', order: undefined, shows: ['seq', 'head'] },
} as const;

export type IndexName = keyof typeof indexes;
