import type { Adapter } from '#domain/participants/line.ts';
import { byPhase } from '#systems/protocol.ts';
import type { HttpCalls } from './http-line.ts';
import { queryResultFrom, voteFromReply } from './votes.ts';

/** Calls as the manifest says, and reads each answer by it. */
export const jsonAdapter: Adapter<HttpCalls> = {
  ...byPhase(
    (phase): Adapter<HttpCalls>[typeof phase] =>
      async (ask, { rest }) =>
        voteFromReply(await rest(ask, phase), ask, phase),
  ),
  query: async (ask, { rest }) => queryResultFrom(await rest(ask, 'query'), ask),
};
