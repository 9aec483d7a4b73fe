import * as z from 'zod';
import { acceptSync } from '#domain/syncs/accept/accept-sync.ts';
import {
  acceptedAnswer,
  exampleSync,
  rehearsedOrEndedAnswer,
  syncProblems,
} from '#domain/syncs/accept/accepted-answer.ts';
import { checkDeadline } from '#domain/syncs/accept/deadline.ts';
import { dryRunSync } from '#domain/syncs/accept/dry-run-sync.ts';
import { syncFields, toCommand } from '#domain/syncs/accept/sync-fields.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { flag } from '#lib/http/fields.ts';
import { allowedWait } from '#lib/http/long-poll.ts';
import { preferredWait } from '#lib/http/prefer.ts';
import { tenantDoor } from '#wiring/access.ts';
import { batchAcceptingTools, dryRunTools } from '#wiring/deployed-tools.ts';
import { deployedStore } from '#wiring/platform.ts';
import { awaitedReply } from '#wiring/sync-answers.ts';

const query = z.strictObject({ dry_run: flag.default(false) });

export const api = {
  summary: 'Request a sync',
  query,
  body: syncFields,
  headers: ['Prefer'],
  example: { body: exampleSync },
  answers: { 200: rehearsedOrEndedAnswer, 202: acceptedAnswer },
  problems: syncProblems,
} satisfies Declaration;

/** Changes several systems or none, once or per batch item. A dry run changes nothing. */
export const handler = tenantDoor<typeof api>(
  { query, body: syncFields, role: 'publisher', keyed: true },
  async ({ query, body, caller: { tenant }, key, event }) => {
    const command = toCommand(body, { tenant, key });
    await checkDeadline(command, batchAcceptingTools());
    if (query.dry_run) return { status: 200, body: await dryRunSync(command, dryRunTools()) };
    const wanted = preferredWait(event.headers.prefer);
    const waitSeconds = wanted === undefined ? undefined : allowedWait(wanted);
    const read = () => readSync(deployedStore(), tenant, command.syncId);
    return awaitedReply(await acceptSync(command, batchAcceptingTools()), '', {
      waitSeconds,
      clock: deployedStore().clock,
      read,
    });
  },
);
