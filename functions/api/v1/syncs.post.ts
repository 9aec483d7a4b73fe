import * as z from 'zod';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import { checkDeadline } from '#domain/syncs/accept/deadline.ts';
import { dryRunSync } from '#domain/syncs/accept/dry-run-sync.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { flag } from '#lib/http/fields.ts';
import { allowedWait } from '#lib/http/long-poll.ts';
import { preferredWait } from '#lib/http/prefer.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';
import { awaitedAnswer } from '#wiring/sync-answers.ts';
import { batchAcceptingTools, dryRunTools } from '#wiring/syncs.ts';

const query = z.strictObject({ dry_run: flag.default(false) });
const contract = { query, body: syncFields, callers, role: 'publisher', keyed: true };

/** Changes several systems or none, once or for every item of a batch. A dry run says what would be done, and does none of it. */
export const handler = endpoint(contract, async ({ query, body, caller: { tenant }, key, event }) => {
  const command = toCommand(body, { tenant, key });
  await checkDeadline(command, batchAcceptingTools());
  if (query.dry_run) return { status: 200, body: await dryRunSync(command, dryRunTools()) };
  const wanted = preferredWait(event.headers.prefer);
  const waitSeconds = wanted === undefined ? undefined : allowedWait(wanted);
  const read = () => readSync(deployedStore(), tenant, command.syncId);
  return awaitedAnswer(await acceptSync(command, batchAcceptingTools()), '', {
    waitSeconds,
    clock: deployedStore().clock,
    read,
  });
});
