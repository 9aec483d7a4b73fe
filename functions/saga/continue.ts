import { continueSync } from '#domain/syncs/saga/phases.ts';
import { sagaTools } from '#wiring/deployed-tools.ts';
import { conductor } from '#wiring/saga.ts';

/** Continues a batch that takes longer than one invocation. */
export const handler = conductor('saga/continue', continueSync, sagaTools);
