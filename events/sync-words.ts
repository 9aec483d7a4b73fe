/** The states of a sync, the directions of a decision, and the grades of a plan. */
export const states = [
  ...(['preparing', 'committing', 'aborting', 'undoing'] as const),
  ...(['committed', 'rolled_back', 'undone', 'parked'] as const),
] as const;
export const directions = ['commit', 'abort', 'undo'] as const;
export const grades = ['A', 'B', 'C', 'D'] as const;
