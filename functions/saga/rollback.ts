import { rollbackSync } from '#domain/syncs/saga/phases.ts';
import { conductor, sagaTools } from '#wiring/saga.ts';

/** Takes back whatever may have been left anywhere. */
export const handler = conductor('saga/rollback', rollbackSync, sagaTools);
