import * as z from 'zod';
import { recoverSync } from '#domain/syncs/recovery/recover-sync.ts';
import { worker } from '#lib/worker.ts';
import { recoveringTools } from '#wiring/deployed-tools.ts';
import { parking } from '#wiring/relay.ts';

const data = z.object({ tenant: z.string(), outsideToken: z.string(), epoch: z.int() });

/**
 * Step Functions runs no catch for an execution that failed, timed out or was stopped. Its sync
 * continues in a new one.
 */
export const handler = worker({
  name: 'aws.states/recover-sync',
  data,
  read: (body) => JSON.parse((body as { detail: { input: string } }).detail.input),
  park: parking,
  run: (execution) => recoverSync(execution, recoveringTools()),
});
