/** Marks the answer of a replay. */
export const replayed = (outcome: { replayed: boolean }): Record<string, string> =>
  outcome.replayed ? { 'Idempotent-Replayed': 'true' } : {};
