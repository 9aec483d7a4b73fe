import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { isEnded, type Limits, type Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import { syncType, syncTypes } from '#events/index.ts';
import { invalid } from '#lib/http/parse.ts';
import { Problem } from '#lib/problem.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type FreezePlanTools, freezePlan, type RequestedItems } from './frozen-plan.ts';
import { type NewSync, newSync, syncRequestDigest } from './new-sync.ts';

/** `type` in any spelling. `deadlineMs`: time allowed until the decision. */
export type AcceptSync = Omit<NewSync, 'deadline' | 'batch' | 'long'> & {
  deadline?: number | undefined;
  items?: RequestedItems | undefined;
};
export type AcceptSyncTools = FreezePlanTools & {
  syncs: Syncs;
  /** Stores the manifests that a plan has frozen. */
  keep: (systems: Manifest[]) => Promise<void>;
  newId: () => string;
  limits: Limits;
  /** Answers the caller's task with the end of its sync. */
  answer: (sync: Sync) => Promise<void>;
};

/**
 * The type by its catalogue name, and the payload parsed by its schema. Refuses, naming each
 * field.
 */
export function parseChange(
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

/**
 * Accepts a sync: one write that freezes its plan. The same request again is the same sync, even
 * if the plan would differ by now; a sync that was undone before stays undone.
 */
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

/**
 * An existing sync wins over anything else in the request: the same request gets its answer again,
 * another one is refused.
 */
async function met(
  sync: Sync,
  command: Omit<AcceptSync, 'items'>,
  tools: AcceptSyncTools,
): Promise<{ sync: Sync; replayed: boolean }> {
  if (sync.request === syncRequestDigest(command)) return repeated(sync, command, tools);
  if (sync.request === '')
    throw new Problem('sync-undone', { detail: 'To make the change after all, send it under a new id.' });
  throw new Problem('idempotency-key-reused');
}

/**
 * A caller that is a task sends a new task token in each attempt: the newest one is still waiting.
 */
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
