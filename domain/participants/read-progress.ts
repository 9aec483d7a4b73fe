import { keys } from '#domain/keys.ts';
import type { Store } from '#lib/table.ts';
import { receiptsIn } from './receipts-in.ts';

export type Done = { system: string; phase: string; done: number; total: number };

/** How far every system is with a batch, in items; empty where nobody took longer than a moment. */
export async function readProgress(
  { table }: Pick<Store, 'table'>,
  tenant: string,
  token: string,
): Promise<Done[]> {
  const { items } = await table.queryItems({
    label: 'read-progresses',
    pk: keys.progress(tenant, token, '').pk,
  });
  return items.map((item) => {
    const [system = '', phase = ''] = item.sk.split('#');
    const answered = receiptsIn(item).reduce((sum, { count }) => sum + count, 0);
    return { system, phase, done: Math.max(answered, Number(item.done ?? 0)), total: Number(item.total) };
  });
}
