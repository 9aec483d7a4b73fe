import * as z from 'zod';
import { accepting } from '#domain/accepting.ts';
import { callers } from '#domain/access/callers.ts';
import { pinning } from '#domain/pinning.ts';
import { rehearsing } from '#domain/rehearsing.ts';
import { acceptSync } from '#domain/syncs/accept-sync.ts';
import { awaitedAnswer } from '#domain/syncs/awaited-answer.ts';
import { inTime } from '#domain/syncs/in-time.ts';
import { readSync } from '#domain/syncs/read-sync.ts';
import { rehearseSync } from '#domain/syncs/rehearse-sync.ts';
import { syncFields, toCommand } from '#domain/syncs/sync-fields.ts';
import { endpoint } from '#lib/endpoint.ts';
import { flag } from '#lib/fields.ts';
import { allowedWait } from '#lib/long-poll.ts';
import { preferredWait } from '#lib/prefer.ts';
import { store } from '#lib/store.ts';

const query = z.strictObject({ dry_run: flag.default(false) });
const contract = { query, body: syncFields, callers, role: 'publisher', keyed: true };

/** Changes several systems or none, once or for every item of a batch. A dry run says what would be done, and does none of it. */
export const handler = endpoint(contract, async ({ query, body, caller: { tenant }, key, event }) => {
  const command = toCommand(body, { tenant, key });
  await inTime(command, accepting());
  if (query.dry_run) return { status: 200, body: await rehearseSync(command, rehearsing()) };
  const wanted = preferredWait(event.headers.prefer);
  const waitSeconds = wanted === undefined ? undefined : allowedWait(wanted);
  const read = () => readSync(store(), tenant, command.token);
  return awaitedAnswer(await acceptSync(command, { ...accepting(), pin: pinning() }), '', {
    waitSeconds,
    clock: store().clock,
    read,
  });
});
