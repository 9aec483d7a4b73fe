import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { isEnded, type Limits, type Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import { syncType, syncTypes } from '#events/index.ts';
import { invalid } from '#lib/http/parse.ts';
import { Problem } from '#lib/problem.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type FreezePlanTools, freezePlan, type RequestedItems } from './frozen-plan.ts';
import { type NewSync, newSync, syncRequestDigest } from './new-sync.ts';

/** `type` in any of its spellings. `deadlineMs`: at most so long may it take until it is decided. */
export type AcceptSync = Omit<NewSync, 'deadline' | 'batch' | 'long'> & {
  deadline?: number | undefined;
  items?: RequestedItems | undefined;
};
export type AcceptSyncTools = FreezePlanTools & {
  syncs: Syncs;
  /** Keeps the manifests that a plan has frozen. */
  keep: (systems: Manifest[]) => Promise<void>;
  newId: () => string;
  limits: Limits;
  /** Tells the caller's task how its sync has ended. */
  answer: (sync: Sync) => Promise<void>;
};

/** The type by its name in the catalogue, and the payload as its schema reads it. Refuses, naming each field. */
export function understood(
  type: string,
  payload: unknown,
): { type: string; payload: Record<string, unknown> } {
  const known = syncType(type);
  if (!known) throw new Problem('unknown-event-type', { detail: `There are: ${syncTypes().join(', ')}.` });
  const parsed = known.data.strict().safeParse(payload);
  if (parsed.success) return { type: known.type, payload: parsed.data };
  const errors = parsed.error.issues.flatMap((issue) => {
    const at =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return at.map((path) => ({
      pointer: ['/payload', ...path.map(String)].join('/'),
      detail: issue.code === 'unrecognized_keys' ? 'There is no such field.' : issue.message,
    }));
  });
  throw invalid(errors, 'payload-invalid');
}

/** Accepts a sync: one write that freezes its plan. The same request again is the same sync, whatever could be planned by now; a token that was undone before stays undone. */
export async function acceptSync(
  { items, ...command }: AcceptSync,
  tools: AcceptSyncTools,
): Promise<{ sync: Sync; replayed: boolean }> {
  const { syncs, clock, newId, limits, keep } = tools;
  const frozen = await freezePlan({ ...command, items }, tools).catch((error: unknown) => error as Error);
  if (frozen instanceof Error) {
    const first = await syncs.read(command.tenant, outsideTokenOf(command.tenant, command.syncId));
    if (!first) throw frozen;
    return met(first, command, tools);
  }
  const { plan, taking, deadline, batch, long } = frozen;
  await keep(taking);
  const fresh = newSync({ ...command, deadline, batch, long }, plan, newId(), clock.now(), limits);
  const { created, sync } = await syncs.create(fresh);
  return created ? { sync, replayed: false } : met(sync, command, tools);
}

/** What stands under the token comes first, whatever else could be said of the request: the same is told as before, another is refused. */
async function met(
  sync: Sync,
  command: Omit<AcceptSync, 'items'>,
  tools: AcceptSyncTools,
): Promise<{ sync: Sync; replayed: boolean }> {
  if (sync.request === syncRequestDigest(command)) return repeated(sync, command, tools);
  if (sync.request === '')
    throw new Problem('sync-undone', { detail: 'Send it under a new id if it is wanted after all.' });
  throw new Problem('idempotency-key-reused');
}

/** A caller that is itself a task comes with a new task token in each try: the newest is the one that still waits. */
async function repeated(
  sync: Sync,
  { taskToken }: Omit<AcceptSync, 'items'>,
  { syncs, answer }: AcceptSyncTools,
) {
  if (taskToken) {
    const written = await syncs.change(sync, 'retask', (now) =>
      now.taskToken === taskToken ? undefined : { sync: { ...now, taskToken } },
    );
    if (isEnded(written)) await answer(written);
  }
  return { sync, replayed: true };
}
