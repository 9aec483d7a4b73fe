import { conductor } from '#domain/conductor.ts';
import { sagaTools } from '#domain/saga.ts';
import { commitSync } from '#domain/syncs/conductors.ts';

/** Tells every system to do it, until all have. */
export const handler = conductor('saga/commit', commitSync, sagaTools);
