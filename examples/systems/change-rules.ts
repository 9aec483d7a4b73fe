import type { BatchItem, Totals } from '#systems/protocol.ts';

export type State = 'absent' | 'reserved' | 'committed' | 'rolled-back';
export type Call = 'prepare' | 'commit' | 'rollback';
export type Effect = Call | 'release';
type Refusal = 'rolled-back' | 'unknown-hold' | 'too-late' | 'mismatch' | 'declined' | 'not-found';
/** `did` is what really happened: nothing for a look, or for a repeat that was recognised. `until` (ms) ends a reservation. */
export type Answer = { state: State; did?: Effect; until?: number | undefined } | { refused: Refusal };
/** Items of a batch, as far as a call names them, and their totals. */
export type Goods = Totals & { items?: BatchItem[] };
/** `notAfter` in ms. Of a batch: what the call is about (all of it, or the chunk of that number, from 0), and the `batch` that the chunk belongs to. */
export type Order = {
  delta_usd?: number | undefined;
  notAfter?: number | undefined;
  goods?: Goods | undefined;
  chunk?: number | undefined;
  batch?: Totals | undefined;
};
/** `arrivedAt`: when the request reached them, if they act on it later. `refuse`: this once they will not, unless it is done already. */
export type Arrival = { arrivedAt?: number; refuse?: boolean };
type Asked = Order & Arrival & { now: number; arrivedAt: number };

/** A whole change, or one chunk of it: each is done once, and taken back once. `effects` counts what really happened. */
export type Part = {
  state: State;
  delta_usd?: number;
  goods?: Goods;
  until?: number;
  effects: Record<Effect, number>;
};

/** In what one office differs from another. */
export type Traits = {
  /** Prepare holds something, without which there is no commit. Without it, prepare only looks. */
  reserves?: boolean;
  /** How long it is held. Without it, until commit or rollback. */
  holdMs?: number;
  /** `native-key` unless told otherwise. With `none`, a commit that comes again is done again. */
  idempotent?: 'native-key' | 'none';
  /** False: a rollback of what never arrived is forgotten, and the late original finds nothing. */
  tombstone?: boolean;
  /** False: what comes past its `notAfter` is done all the same. */
  honoursNotAfter?: boolean;
};

/** What is answered to each call in each state. What was done already is answered again, however late it is asked. */
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

/** Whether it says something else than what is there; what either leaves out says nothing. */
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
