import { conductor } from '#domain/conductor.ts';
import { sagaTools } from '#domain/saga.ts';
import { rollbackSync } from '#domain/syncs/conductors.ts';

/** Takes back whatever may have been left anywhere. */
export const handler = conductor('saga/rollback', rollbackSync, sagaTools);
