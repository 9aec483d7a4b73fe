import { runPhase } from '#domain/syncs/saga/run-phase.ts';
import { conductor, sagaTools } from '#wiring/saga.ts';

/** Asks every system to prepare, and decides. */
export const handler = conductor('saga/prepare', runPhase('prepare'), sagaTools);
