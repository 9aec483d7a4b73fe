import { parkSync } from '#domain/syncs/saga/phases.ts';
import { conductor } from '#wiring/saga.ts';
import { syncTools } from '#wiring/syncs.ts';

/** Hands to a person what could not be brought to an end. */
export const handler = conductor('saga/park', parkSync, syncTools);
