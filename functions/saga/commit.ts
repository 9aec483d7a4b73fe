import { commitSync } from '#domain/syncs/saga/phases.ts';
import { sagaTools } from '#wiring/deployed-tools.ts';
import { conductor } from '#wiring/saga.ts';

/** Asks every system to commit, until all have. */
export const handler = conductor('saga/commit', commitSync, sagaTools);
