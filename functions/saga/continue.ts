import { conductor } from '#domain/conductor.ts';
import { sagaTools } from '#domain/saga.ts';
import { continueSync } from '#domain/syncs/conductors.ts';

/** Goes on with a batch that takes longer than one function may. */
export const handler = conductor('saga/continue', continueSync, sagaTools);
