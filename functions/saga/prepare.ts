import { conductor } from '#domain/conductor.ts';
import { sagaTools } from '#domain/saga.ts';
import { prepareSync } from '#domain/syncs/conductors.ts';

/** Asks every system whether it is ready, and decides. */
export const handler = conductor('saga/prepare', prepareSync, sagaTools);
