import { officeNames } from './offices.ts';
import type { Scene } from './ohio-scene.ts';
import { counted, dollars, type Payments } from './payments.ts';

const nothing = { count: 0, amount_minor: 0 };

/**
 * Claims that each office's books have the whole batch or nothing, exact to the cent, and that no
 * part was done twice.
 */
export async function theTotals(
  { story, offices, id }: Scene,
  batch: Payments,
  state: 'committed' | 'rolled-back',
): Promise<void> {
  const { count, amount_minor } = state === 'committed' ? batch : nothing;
  for (const name of officeNames) {
    const entry = await offices.entry(name, id);
    const { items = nothing, chunks } = entry ?? {};
    const parts = chunks ? `, in ${counted(chunks.length, 'chunk')}` : '';
    story.row(name, `${counted(items.count, 'item')}, ${dollars(items.amount_minor)}${parts}`);
    const exact = entry?.state === state && items.count === count && items.amount_minor === amount_minor;
    story.claim(`${name}: exactly ${dollars(amount_minor)}`, exact, entry && { ...entry, calls: undefined });
    const done = [...(chunks ?? []), ...(entry ? [entry] : [])].flatMap(({ effects }) =>
      Object.values(effects),
    );
    story.claim(
      `${name}: nothing was done twice`,
      done.length > 0 && done.every((times) => times <= 1),
      entry?.effects,
    );
  }
}

/**
 * One payment from the middle of the batch: its result in the API, and in the books of each office
 * that takes single items.
 */
export async function theItem(
  { story, offices, id }: Scene,
  batch: Payments,
  fate: { loaded: number; reversed: number },
): Promise<void> {
  const item = batch.idOf(batch.picked);
  for (const name of ['debit', 'cheques'] as const) {
    const { loaded, reversed } = await offices.item(name, id, item);
    story.row(name, `${item}: loaded ${loaded}, reversed ${reversed}`);
    story.claim(
      `${name}: loaded once${fate.reversed > 0 ? ', reversed once' : ''}`,
      loaded === fate.loaded && reversed === fate.reversed,
      {
        loaded,
        reversed,
      },
    );
  }
}
