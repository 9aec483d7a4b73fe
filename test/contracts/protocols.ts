import type { Manifest } from '#systems/manifest.ts';

/** An order to a stand-in for its next call of this name. */
export type Order = { call: string; behaviour: string; delayMs?: number };
export type Call = 'prepare' | 'commit' | 'rollback' | 'query';
/** A list for each call. */
type PerCall = Record<Call, Order[]>;

/**
 * The failures of one kind of line, as orders to its stand-ins. `deaths` end the whole process,
 * `nonsense` answers something else, `lost` acts without an answer, `silent` never ends an
 * answer, and `refusals` carry the expected reason.
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
  /** Fields of a yes besides its vote. */
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

/** The folder operation that matters most to each call. */
const changing: Record<Call, string> = {
  prepare: 'write',
  commit: 'rename',
  rollback: 'rename',
  query: 'size',
};
const byOperation = (...behaviours: string[]): PerCall =>
  perCall((call) => behaviours.map((behaviour) => ({ call: changing[call], behaviour })));
const byJob = (delayMs: number, ...behaviours: string[]): PerCall => {
  const orders = behaviours.map((behaviour) => ({ call: 'process', behaviour, delayMs }));
  return { prepare: [], commit: orders, rollback: orders, query: [] };
};

const both = (one: PerCall, other: PerCall): PerCall => perCall((call) => [...one[call], ...other[call]]);
const longerThanWeWaitMs = 4_000;

const files: Protocol = {
  // A file that is still being written cannot be refused, and a server without write permission
  // says nothing about the change.
  refusals: perCall((call) => byJob(0, 'refuse')[call].map((order) => ({ order, reason: 'declined' }))),
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
  nonsense: both(byJob(0, 'cut', 'wrong-id'), {
    prepare: [],
    commit: [],
    rollback: [],
    query: [{ call: 'read', behaviour: 'cut' }],
  }),
  lost: byOperation('drop-after'),
  silent: byOperation('hang'),
  busy: perCall(() => []),
  ongoing: byJob(longerThanWeWaitMs, 'ongoing', 'slow'),
  says: { totals: { count: 1, amount_minor: 2_500 } },
};

export const protocolOf = ({ file }: Manifest): Protocol => (file ? files : http);
