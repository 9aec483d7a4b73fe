/** Descriptions of the API's tags: the first segment of a path. */
export const tags: Record<string, string> = {
  board: 'Free and taken slots per site.',
  events: 'Changes of outside systems, told as events.',
  health: 'Whether Lockstep is alive.',
  hooks: 'The document for outside systems.',
  openapi: 'This document.',
  reservations: 'Who has which slot, and cancelling.',
  rollbacks: 'Undoing a sync by its token, and the plan for it.',
  slots: 'Slots, and reserving one.',
  syncs: 'Changes of several systems at once, what has become of them, and the proof.',
  system: 'Late answers of an outside system.',
  systems: 'How each outside system stands, and pausing one.',
  tickets: 'What waits for a person.',
  uploads: 'Places for the items of a batch.',
};
