import { sagaExecutions } from '#lib/executions.ts';
import { syncTools } from './sync-tools.ts';
import type { Conducting } from './syncs/conduct.ts';
import { recoverSync } from './syncs/recover-sync.ts';

/** A sync whose execution may be lost is looked at, and followed by a new one where it is. */
export const recover = (conducting: Conducting) =>
  recoverSync(conducting, { ...syncTools(), executions: sagaExecutions });
