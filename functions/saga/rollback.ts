import { rollbackSync } from '#domain/syncs/saga/phases.ts';
import { sagaTools } from '#wiring/deployed-tools.ts';
import { conductor } from '#wiring/saga.ts';

/** Rolls back every system that has the change or may have it. */
export const handler = conductor('saga/rollback', rollbackSync, sagaTools);
