import { commitSync } from '#domain/syncs/saga/phases.ts';
import { conductor, sagaTools } from '#wiring/saga.ts';

/** Tells every system to do it, until all have. */
export const handler = conductor('saga/commit', commitSync, sagaTools);
