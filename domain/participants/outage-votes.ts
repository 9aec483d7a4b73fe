import { isUnsent, Unreached } from '#lib/outside/outside.ts';
import type { Phase, QueryResult, Vote } from '#systems/protocol.ts';

/** The vote for a failed call: `unknown`, never definite. */
export function outageVote(error: unknown, phase: Phase): Vote;
export function outageVote(error: unknown, phase: Phase | 'query'): Vote | QueryResult;
export function outageVote(error: unknown, phase: Phase | 'query'): Vote | QueryResult {
  const reached = error instanceof Unreached ? error : undefined;
  const reason = reached?.message ?? 'the adapter failed';
  const held = reached?.reason === 'too-late' || reached?.reason === 'no-secret';
  if (phase === 'query') return { stands: 'unknown', reason, ...(held && { held }) };
  const { retryAfterMs: pauseMs } = reached ?? {};
  return {
    ...{ vote: 'unknown', reason, sent: !reached || !isUnsent(reached) },
    ...(held && { held }),
    ...(pauseMs !== undefined && { pauseMs }),
  };
}

/** Names our own failures only: a wire error carries its own reason, and may quote the request. */
export function failureOf(error: unknown): string | undefined {
  const cause = error instanceof Unreached ? (error.reason === 'no-secret' ? error.cause : undefined) : error;
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 200) : undefined;
}
