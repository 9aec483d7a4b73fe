/** Descriptions of the API's tags: the first segment of a path. */
export const tags: Record<string, string> = {
  board: 'Free and taken slots per site.',
  events: 'Changes in outside systems, sent as events.',
  health: 'Whether the API answers, and its build.',
  hooks: 'The document for outside systems.',
  openapi: 'This document.',
  reservations: 'Reservations of slots, and their cancellation.',
  rollbacks: 'The undo of a sync by its token, and its plan.',
  slots: 'Slots, and their reservation.',
  syncs: 'Changes in several systems at once, their state, ledger and evidence.',
  system: 'Late answers of an outside system.',
  systems: 'The circuit of each outside system, and its pause.',
  tickets: 'Syncs that wait for an operator.',
  uploads: 'Uploads for the items of a batch.',
};
