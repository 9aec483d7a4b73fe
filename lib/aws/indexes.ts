/** The indexes of the product's tables: what makes a partition of each, what orders it, and what it shows beside the keys. infra/stacks/tables.ts makes them. */
export const indexes = {
  /** What somebody must come back to, in the order in which it is due. */
  Open: { partition: 'openShard', order: 'due', shows: ['epoch', 'state', 'waitingFor'] },
  /** What was recorded in the ledger in a minute, in no order. */
  Recorded: { partition: 'minute', order: undefined, shows: ['seq', 'head'] },
} as const;

export type IndexName = keyof typeof indexes;
