/** Only says when the watchdog first looks; the execution that a change starts sets what its deployment has set. */
export const syncLimits = { watchdogMs: 120_000, waitMs: 5_000, refusedCommits: 3, legMs: 30_000 };
