import type { Manifest } from '#systems/manifest.ts';

/** What a stand-in is told to do with its next call of this name. */
export type Order = { call: string; behaviour: string; delayMs?: number };
export type Call = 'prepare' | 'commit' | 'rollback' | 'query';
/** A list for each call. */
type PerCall = Record<Call, Order[]>;

/**
 * What can go wrong over a line of one kind, as its stand-ins know it. `refusals` are theirs, with the reason that is heard; `outages` are no answers; `deaths`
 * take the whole system along; in `nonsense` something is said that is no answer to this call; in `lost` all is done and nobody is told; `silent` says nothing,
 * or never comes to an end; `busy` asks to be left alone; `ongoing` takes its time.
 */
export type Protocol = {
  refusals: Record<Call, { order: Order; reason: string }[]>;
  outages: PerCall;
  deaths: PerCall;
  nonsense: PerCall;
  lost: PerCall;
  silent: PerCall;
  busy: PerCall;
  ongoing: PerCall;
  /** What a yes carries along. */
  says: object;
};

const perCall = <T>(of: (call: Call) => T): Record<Call, T> => ({
  ...{ prepare: of('prepare'), commit: of('commit'), rollback: of('rollback'), query: of('query') },
});
const same = (...behaviours: string[]): PerCall =>
  perCall((call) => behaviours.map((behaviour) => ({ call, behaviour })));

const http: Protocol = {
  refusals: perCall((call) => [
    { order: { call, behaviour: 'refuse' }, reason: 'declined' },
    { order: { call, behaviour: 'error-200' }, reason: 'refused' },
  ]),
  outages: same('fail', 'drop-before', 'drop-after'),
  deaths: same('die', 'die-after'),
  nonsense: same('html', 'redirect', 'oversized', 'cut', 'wrong-id'),
  lost: same('drop-after'),
  silent: same('hang', 'endless'),
  busy: same('busy'),
  ongoing: same('ongoing'),
  says: {},
};

/** The operations with which each call changes something, or learns something, in the folder. */
const changing: Record<Call, string> = {
  prepare: 'write',
  commit: 'rename',
  rollback: 'rename',
  query: 'size',
};
const byOperation = (...behaviours: string[]): PerCall =>
  perCall((call) => behaviours.map((behaviour) => ({ call: changing[call], behaviour })));
const atTheirJob = (delayMs: number, ...behaviours: string[]): PerCall => {
  const orders = behaviours.map((behaviour) => ({ call: 'process', behaviour, delayMs }));
  return { prepare: [], commit: orders, rollback: orders, query: [] };
};

const both = (one: PerCall, other: PerCall): PerCall => perCall((call) => [...one[call], ...other[call]]);
const longerThanWeWaitMs = 4_000;

const files: Protocol = {
  // What is only being written they cannot refuse; a server that lets nobody write says nothing about this change.
  refusals: perCall((call) => atTheirJob(0, 'refuse')[call].map((order) => ({ order, reason: 'declined' }))),
  // A failure says nothing about a file that is not there: then the listing does, and that is an answer.
  outages: both(byOperation('refuse', 'drop-before', 'drop-after'), {
    prepare: ['full', 'cut', 'fail'].map((behaviour) => ({ call: 'write', behaviour })),
    commit: [{ call: 'rename', behaviour: 'fail' }],
    rollback: [
      { call: 'rename', behaviour: 'fail' },
      { call: 'write', behaviour: 'fail' },
      { call: 'remove', behaviour: 'refuse' },
      { call: 'read', behaviour: 'refuse' },
    ],
    query: [{ call: 'read', behaviour: 'refuse' }],
  }),
  deaths: byOperation('die', 'die-after'),
  nonsense: both(atTheirJob(0, 'cut', 'wrong-id'), {
    prepare: [],
    commit: [],
    rollback: [],
    query: [{ call: 'read', behaviour: 'cut' }],
  }),
  lost: byOperation('drop-after'),
  silent: byOperation('hang'),
  busy: perCall(() => []),
  ongoing: atTheirJob(longerThanWeWaitMs, 'ongoing', 'slow'),
  says: { totals: { count: 1, amount_minor: 2_500 } },
};

export const protocolOf = ({ file }: Manifest): Protocol => (file ? files : http);
