import type { Totals } from '#systems/protocol.ts';
import type { Effect, Part, State } from './change-rules.ts';

/** `partial`: of a batch in chunks, some are committed and some are not. */
export type Standing = State | 'partial';
export type Chunks = Map<number, Part>;
/** `batch`: the totals that the last call has named. */
type Batch = { chunks: Chunks; batch?: Totals };

const within = (chunks: Chunks, state: State) =>
  [...chunks.values()].filter((chunk) => chunk.state === state);

/** The item count and the sum of these chunks. */
export const sum = (parts: Part[]): Totals => ({
  count: parts.reduce((all, { goods }) => all + (goods?.count ?? 0), 0),
  amount_minor: parts.reduce((all, { goods }) => all + (goods?.amount_minor ?? 0), 0),
});

/**
 * The state of the whole batch by its chunks. It is not committed once one chunk is rolled back,
 * even if not every chunk has come.
 */
export function standing({ chunks, batch }: Batch): Standing {
  const [reserved, committed, gone] = (['reserved', 'committed', 'rolled-back'] as const).map((state) =>
    within(chunks, state),
  ) as [...[Part[], Part[], Part[]]];
  if (reserved.length + committed.length === 0) return gone.length > 0 ? 'rolled-back' : 'absent';
  if (same(sum(committed), batch)) return 'committed';
  return same(sum(reserved), batch) ? 'reserved' : 'partial';
}

/**
 * The answer to a query. `rolled-back` is only answered for a complete batch: a missing chunk may
 * still come.
 */
export function told(batch: Batch): Standing {
  const state = standing(batch);
  return state === 'rolled-back' && !same(sum(within(batch.chunks, state)), batch.batch) ? 'partial' : state;
}

/** The highest count of each effect over all chunks. */
export function most(chunks: Chunks): Record<Effect, number> {
  const effects = { prepare: 0, commit: 0, rollback: 0, release: 0 };
  for (const chunk of chunks.values())
    for (const effect of Object.keys(effects) as Effect[])
      effects[effect] = Math.max(effects[effect], chunk.effects[effect]);
  return effects;
}

/** How often one item was really loaded, and how often reversed. */
export function fate(chunks: Chunks, id: string): { loaded: number; reversed: number } {
  const its = [...chunks.values()].filter(({ goods }) => goods?.items?.some((item) => item.id === id));
  const times = (effect: Effect) => its.reduce((all, { effects }) => all + effects[effect], 0);
  return { loaded: times('commit'), reversed: times('rollback') };
}

/** The chunks in order, without their items. */
export const listed = (chunks: Chunks) =>
  [...chunks]
    .sort(([a], [b]) => a - b)
    .map(([index, { state, effects, goods: _, ...rest }]) => ({
      index,
      state,
      effects,
      ...rest,
      ...sum([chunks.get(index) as Part]),
    }));

const same = (some: Totals, all?: Totals) =>
  all !== undefined && some.count === all.count && some.amount_minor === all.amount_minor;
