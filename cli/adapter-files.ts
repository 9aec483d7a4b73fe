/**
 * The files of a new protocol, by path: a working adapter, a system that speaks it, and a stand-in
 * of that system.
 */
export const adapterFiles = (name: string): Record<string, string> => ({
  [`functions/adapters/${name}.ts`]: adapterOf(name),
  [`test/participants/${name}-office.json`]: `${JSON.stringify(manifestOf(name), null, 2)}\n`,
  [`examples/systems/${name}-office.ts`]: standInOf(name),
});

const adapterOf = (
  name: string,
): string => `import { type Adapter, participant, queryResultFrom, voteFromReply } from '#wiring/participants.ts';

/** Reads answers that no manifest can describe; undefined leaves the answer to the manifest. */
const ownVote = ({ status, body }: { status: number; body: unknown }) =>
  status === 200 && body === 'later' ? ({ vote: 'ongoing' } as const) : undefined;

/** ${titleOf(name)} asks as the manifest says. An exception is an outage; the saga retries it. */
export const adapter: Adapter = {
  async prepare(ask, { rest }) {
    const reply = await rest(ask, 'prepare');
    return ownVote(reply) ?? voteFromReply(reply, ask, 'prepare');
  },
  async commit(ask, { rest }) {
    const reply = await rest(ask, 'commit');
    return ownVote(reply) ?? voteFromReply(reply, ask, 'commit');
  },
  rollback: async (ask, { rest }) => voteFromReply(await rest(ask, 'rollback'), ask, 'rollback'),
  query: async (ask, { rest }) => queryResultFrom(await rest(ask, 'query'), ask),
};

export const handler = participant(adapter);
`;

const standInOf = (name: string): string => `import type { Clock } from '#lib/clock.ts';
import { serveChanges } from './change-server.ts';

/** A system that speaks as \`test/participants/${name}-office.json\` says. The contract suite tests the adapter with it. */
export const serve${pascal(name)}Office = (at: { clock: Clock; host?: string }) =>
  serveChanges({
    ...at,
    traits: { reserves: true },
    paths: {
      prepare: '/changes/hold',
      commit: '/changes/do',
      rollback: '/changes/undo',
      query: '/changes/{key}',
    },
    words: { prepare: 'held', commit: 'done', rollback: 'undone' },
  });
`;

const told = (means: Record<string, string>) => ({ echo: 'event_id', field: 'status', means });
const order = {
  event_id: '{token}',
  state: '{payload.state}',
  delta_usd: '{payload.delta_usd}',
  not_after: '{not_after}',
};

const manifestOf = (name: string) => ({
  name: `${name}-office`,
  title: `${titleOf(name)} Office`,
  adapter: name,
  takes: { 'benefit.adjusted': {} },
  calls: {
    prepare: {
      method: 'POST',
      path: '/changes/hold',
      body: order,
      answer: told({ held: 'yes', pending: 'ongoing' }),
    },
    commit: {
      method: 'POST',
      path: '/changes/do',
      body: { event_id: '{token}', not_after: '{not_after}' },
      answer: told({ done: 'yes', pending: 'ongoing' }),
    },
    rollback: {
      method: 'POST',
      path: '/changes/undo',
      body: { event_id: '{token}' },
      answer: told({ undone: 'yes' }),
    },
    query: {
      method: 'GET',
      path: '/changes/{token}',
      answer: told({ held: 'prepared', done: 'committed', undone: 'rolled-back', pending: 'ongoing' }),
    },
  },
  capabilities: {
    prepare: 'reserve',
    undo: 'compensate',
    query: true,
    idempotent: 'native-key',
    tombstone: true,
  },
});

const titleOf = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
};
const pascal = (name: string): string =>
  name
    .split('-')
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join('');
