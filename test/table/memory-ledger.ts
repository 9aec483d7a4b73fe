import { type AppendOnly, appendOnly } from '#lib/aws/append-only.ts';
import { type MemoryTable, memoryTable, type Options } from './memory-table.ts';

export type MemoryLedger = MemoryTable & AppendOnly;

/** The ledger's table in memory. Tests also use the writing side to seed and damage it. */
export function memoryLedger(options: Options = {}): MemoryLedger {
  const table = memoryTable(options);
  return { ...table, ...appendOnly(table) };
}
