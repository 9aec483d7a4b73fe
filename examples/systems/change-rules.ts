export type State = 'absent' | 'reserved' | 'committed' | 'rolled-back';
export type Call = 'prepare' | 'commit' | 'rollback';
type Effect = Call | 'release';
type Refusal = 'rolled-back' | 'unknown-hold' | 'too-late' | 'mismatch' | 'declined' | 'not-found';
/** `did` is what really happened: nothing for a look, or for a repeat that was recognised. `until` (ms) ends a reservation. */
export type Answer = { state: State; did?: Effect; until?: number | undefined } | { refused: Refusal };
/** `notAfter` in ms. */
export type Order = { delta_usd?: number | undefined; notAfter?: number | undefined };
/** `arrivedAt`: when the request reached them, if they act on it later. `refuse`: this once they will not, unless it is done already. */
export type Arrival = { arrivedAt?: number; refuse?: boolean };
type Asked = Order & Arrival & { now: number; arrivedAt: number };

/** One change, or the tombstone of one that never arrived. `effects` counts what really happened, `calls` lists all that arrived. */
export type Entry = {
  token: string;
  state: State;
  delta_usd?: number;
  until?: number;
  effects: Record<Effect, number>;
  calls: { at: number; call: Call; answer: Answer }[];
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
export const rules: Record<Call, (entry: Entry, asked: Asked, traits: Traits) => Answer> = {
  prepare(entry, asked, traits) {
    const { state, until } = entry;
    if (state === 'rolled-back') return { refused: 'rolled-back' };
    if (state !== 'absent') return differs(entry, asked) ? { refused: 'mismatch' } : { state, until };
    const no = objection(asked, traits);
    if (no) return no;
    if (!traits.reserves) return { state };
    return { state: 'reserved', did: 'prepare', until: traits.holdMs === undefined ? undefined : asked.now + traits.holdMs };
  },

  commit(entry, asked, traits) {
    const { state } = entry;
    if (state === 'rolled-back') return { refused: 'rolled-back' };
    if (state !== 'absent' && traits.idempotent !== 'none') {
      if (differs(entry, asked)) return { refused: 'mismatch' };
      if (state === 'committed') return { state };
    }
    if (state === 'absent' && traits.reserves) return { refused: 'unknown-hold' };
    return objection(asked, traits) ?? { state: 'committed', did: 'commit' };
  },

  rollback({ state, effects }, { refuse }) {
    const tombstone = state === 'rolled-back' && effects.rollback + effects.release === 0;
    if (state === 'absent' || tombstone) return { refused: 'not-found' };
    if (state === 'rolled-back') return { state };
    if (refuse) return { refused: 'declined' };
    return { state: 'rolled-back', did: state === 'committed' ? 'rollback' : 'release' };
  },
};

const differs = (entry: Entry, { delta_usd }: Order) =>
  delta_usd !== undefined && entry.delta_usd !== undefined && delta_usd !== entry.delta_usd;

function objection({ refuse, arrivedAt, notAfter }: Asked, { honoursNotAfter = true }: Traits): Answer | undefined {
  if (honoursNotAfter && notAfter !== undefined && arrivedAt > notAfter) return { refused: 'too-late' };
  return refuse ? { refused: 'declined' } : undefined;
}
