import { parkSync } from '#domain/syncs/saga/run-phase.ts';
import { conductor } from '#wiring/saga.ts';
import { syncTools } from '#wiring/syncs.ts';

/** Parks a sync that could not be finished, for an operator. */
export const handler = conductor('saga/park', parkSync, syncTools);
