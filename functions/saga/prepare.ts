import { prepareSync } from '#domain/syncs/saga/phases.ts';
import { sagaTools } from '#wiring/deployed-tools.ts';
import { conductor } from '#wiring/saga.ts';

/** Asks every system to prepare, and decides. */
export const handler = conductor('saga/prepare', prepareSync, sagaTools);
