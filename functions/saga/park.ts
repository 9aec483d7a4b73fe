import { conductor } from '#domain/conductor.ts';
import { syncTools } from '#domain/sync-tools.ts';
import { parkSync } from '#domain/syncs/conductors.ts';

/** Hands to a person what could not be brought to an end. */
export const handler = conductor('saga/park', parkSync, syncTools);
