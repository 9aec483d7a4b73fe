import type { BatchItem, Totals } from '#systems/protocol.ts';

export type State = 'absent' | 'reserved' | 'committed' | 'rolled-back';
export type Call = 'prepare' | 'commit' | 'rollback';
export type Effect = Call | 'release';
type Refusal = 'rolled-back' | 'unknown-hold' | 'too-late' | 'mismatch' | 'declined' | 'not-found';
/**
 * `did`: the real effect; none for a prepare without a reservation, or for a recognised repeat.
 * `until` (ms) ends a reservation.
 */
export type Answer = { state: State; did?: Effect; until?: number | undefined } | { refused: Refusal };
/** Items of a batch, as far as a call carries them, and their totals. */
export type Goods = Totals & { items?: BatchItem[] };
/**
 * `notAfter` in ms. Of a batch: the totals of the call, its chunk number (from 0), and the `batch`
 * that the chunk belongs to.
 */
export type Order = {
  delta_usd?: number | undefined;
  notAfter?: number | undefined;
  goods?: Goods | undefined;
  chunk?: number | undefined;
  batch?: Totals | undefined;
};
/**
 * `arrivedAt`: when the request arrived, if the office acts on it later. `refuse`: refuses this
 * call, unless it was already done.
 */
export type Arrival = { arrivedAt?: number; refuse?: boolean };
type Asked = Order & Arrival & { now: number; arrivedAt: number };

/**
 * A whole change, or one chunk of it: each is done once and undone once. `effects` counts the real
 * effects.
 */
export type Part = {
  state: State;
  delta_usd?: number;
  goods?: Goods;
  until?: number;
  effects: Record<Effect, number>;
};

/** The respects in which offices differ. */
export type Traits = {
  /** Prepare reserves, and a commit needs the reservation. Without it, prepare only checks. */
  reserves?: boolean;
  /** How long a reservation lasts. Without it, until commit or rollback. */
  holdMs?: number;
  /** `native-key` by default. With `none`, a repeated commit is done again. */
  idempotent?: 'native-key' | 'none';
  /** False: the rollback of an unknown change is forgotten, and a late commit is done. */
  tombstone?: boolean;
  /** False: a call after its `notAfter` is done all the same. */
  honoursNotAfter?: boolean;
};

/**
 * The answer to each call in each state. A call that was done gets its answer again, at any time.
 */
export const rules: Record<Call, (part: Part, asked: Asked, traits: Traits) => Answer> = {
  prepare(part, asked, traits) {
    const { state, until } = part;
    if (state === 'rolled-back') return { refused: 'rolled-back' };
    if (state !== 'absent') return differs(part, asked) ? { refused: 'mismatch' } : { state, until };
    const no = objection(asked, traits);
    if (no) return no;
    if (!traits.reserves) return { state };
    return {
      state: 'reserved',
      did: 'prepare',
      until: traits.holdMs === undefined ? undefined : asked.now + traits.holdMs,
    };
  },

  commit(part, asked, traits) {
    const { state } = part;
    if (state === 'rolled-back') return { refused: 'rolled-back' };
    if (state !== 'absent' && traits.idempotent !== 'none') {
      if (differs(part, asked)) return { refused: 'mismatch' };
      if (state === 'committed') return { state };
    }
    if (state === 'absent' && traits.reserves) return { refused: 'unknown-hold' };
    return objection(asked, traits) ?? { state: 'committed', did: 'commit' };
  },

  rollback(part, asked) {
    const { state, effects } = part;
    const tombstone = state === 'rolled-back' && effects.rollback + effects.release === 0;
    if (state === 'absent' || tombstone) return { refused: 'not-found' };
    if (differs(part, asked)) return { refused: 'mismatch' };
    if (state === 'rolled-back') return { state };
    if (asked.refuse) return { refused: 'declined' };
    return { state: 'rolled-back', did: state === 'committed' ? 'rollback' : 'release' };
  },
};

/**
 * Whether two descriptions of a call contradict each other; an absent field contradicts nothing.
 */
function differs(part: Part, { delta_usd, goods }: Order): boolean {
  if (delta_usd !== undefined && part.delta_usd !== undefined && delta_usd !== part.delta_usd) return true;
  if (!goods || !part.goods) return false;
  if (goods.count !== part.goods.count || goods.amount_minor !== part.goods.amount_minor) return true;
  return (
    Boolean(goods.items && part.goods.items) &&
    JSON.stringify(goods.items) !== JSON.stringify(part.goods.items)
  );
}

function objection(
  { refuse, arrivedAt, notAfter }: Asked,
  { honoursNotAfter = true }: Traits,
): Answer | undefined {
  if (honoursNotAfter && notAfter !== undefined && arrivedAt > notAfter) return { refused: 'too-late' };
  return refuse ? { refused: 'declined' } : undefined;
}
