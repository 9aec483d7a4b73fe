/** Marks an answer that was given before and is given again. */
export const replayed = (outcome: { replayed: boolean }): Record<string, string> =>
  outcome.replayed ? { 'Idempotent-Replayed': 'true' } : {};
