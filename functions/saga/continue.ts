import { continueSync } from '#domain/syncs/saga/phases.ts';
import { conductor, sagaTools } from '#wiring/saga.ts';

/** Goes on with a batch that takes longer than one function may. */
export const handler = conductor('saga/continue', continueSync, sagaTools);
