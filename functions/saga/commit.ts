import { runPhase } from '#domain/syncs/saga/run-phase.ts';
import { conductor, sagaTools } from '#wiring/saga.ts';

/** Asks every system to commit, until all have. */
export const handler = conductor('saga/commit', runPhase('commit'), sagaTools);
