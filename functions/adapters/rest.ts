import { type Adapter, participant, queryResultFrom, voteFromReply } from '#wiring/participants.ts';

/**
 * Any system that speaks JSON over HTTP. Paths, fields, words and time limits are in its manifest.
 */
export const adapter: Adapter = {
  prepare: async (ask, { rest }) => voteFromReply(await rest(ask, 'prepare'), ask, 'prepare'),
  commit: async (ask, { rest }) => voteFromReply(await rest(ask, 'commit'), ask, 'commit'),
  rollback: async (ask, { rest }) => voteFromReply(await rest(ask, 'rollback'), ask, 'rollback'),
  query: async (ask, { rest }) => queryResultFrom(await rest(ask, 'query'), ask),
};

export const handler = participant(adapter);
