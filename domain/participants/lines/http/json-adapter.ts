import type { Adapter } from '#domain/participants/line.ts';
import { Unreached } from '#lib/outside/outside.ts';
import { byPhase, type Reply } from '#systems/protocol.ts';
import type { HttpCalls } from './http-line.ts';
import { queryResultFrom, voteFromReply } from './votes.ts';

/** Calls as the manifest says, and reads each answer by it. */
export const jsonAdapter: Adapter<HttpCalls> = {
  ...byPhase(
    (phase): Adapter<HttpCalls>[typeof phase] =>
      (ask, { rest }) =>
        readOrOngoing(
          rest(ask, phase),
          (reply) => voteFromReply(reply, ask, phase),
          ({ vote }) => vote === 'ongoing',
        ),
  ),
  query: (ask, { rest }) =>
    readOrOngoing(
      rest(ask, 'query'),
      (reply) => queryResultFrom(reply, ask),
      ({ stands }) => stands === 'ongoing',
    ),
};

/** Reads an answer. One with 429 or 5xx is an outage, except where its word says `ongoing`. */
async function readOrOngoing<T>(
  calling: Promise<Reply>,
  read: (reply: Reply) => T,
  isOngoing: (result: T) => boolean,
): Promise<T> {
  try {
    return read(await calling);
  } catch (error) {
    if (!(error instanceof Unreached) || !error.reply) throw error;
    const result = read(error.reply);
    if (isOngoing(result)) return result;
    throw error;
  }
}
