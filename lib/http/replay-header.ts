/** The header that marks the answer of a replay. */
export const replayHeader = (outcome: { replayed: boolean }): Record<string, string> =>
  outcome.replayed ? { 'Idempotent-Replayed': 'true' } : {};
