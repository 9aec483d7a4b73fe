import { padded } from '#domain/keys.ts';
import type { Page } from '#lib/aws/table.ts';
import type { Batch } from '#systems/protocol.ts';
import type { ItemOutcome, ItemResult } from './item-results.ts';

export type ItemFilter = { system?: string | undefined; result?: ItemResult | undefined };
type Range = { limit: number; after?: string | undefined };
type Listed = {
  batch: Batch;
  systems: string[];
  became: (system: string, index: number, id: string) => ItemOutcome;
};

/** Most items read for one page; a selective filter gives a short page and a cursor. */
const mostLookedAt = 100_000;

/**
 * A page of item results, one entry per item and system, in the order of the batch. Streams from
 * the end of the page before.
 */
export async function listItems(
  { batch, systems, became }: Listed,
  filter: ItemFilter & Range,
): Promise<Page> {
  const named = systems.filter((name) => filter.system === undefined || name === filter.system).sort();
  const items: Page['items'] = [];
  if (named.length === 0) return { items };
  const from = filter.after === undefined ? 0 : Number(filter.after.split('#')[0]);
  let index = from;
  for await (const item of batch.items(from)) {
    for (const system of named) {
      const sk = `${padded(index)}#${system}`;
      if (filter.after !== undefined && sk <= filter.after) continue;
      const { result, reason, receipt } = became(system, index, item.id);
      if (filter.result !== undefined && result !== filter.result) continue;
      const view = {
        index,
        item_id: item.id,
        amount_minor: item.amount_minor,
        system,
        result,
        ...(reason && { reason }),
        ...shown(receipt),
      };
      items.push({ pk: '', sk, view });
      if (items.length >= filter.limit)
        return isLast(batch, index, named, system) ? { items } : { items, last: sk };
    }
    index += 1;
    if (index - from >= mostLookedAt && index < batch.count) return { items, last: `${padded(index - 1)}#~` };
  }
  return { items };
}

const isLast = ({ count }: Batch, index: number, named: string[], system: string) =>
  index === count - 1 && system === named.at(-1);

const shown = (receipt: ItemOutcome['receipt']) => {
  if (!receipt) return {};
  const { phase, chunk, request, response } = receipt;
  return { chunk, receipt: { phase, request, response } };
};
