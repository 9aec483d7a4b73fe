import { officeNames } from './offices.ts';
import type { Scene } from './ohio-scene.ts';
import { counted, dollars, type Payments } from './payments.ts';

const nothing = { count: 0, amount_minor: 0 };

/** What each office has of it in its own books is all of it, or nothing, to the cent; and no part of it was done twice. */
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

/** One payment out of the midst, as Lockstep says it and as the books of those have it that are told of single ones. */
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
