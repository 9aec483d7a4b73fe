import { syncRequestDigest } from '#domain/syncs/change.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { isEnded, type Limits, type Sync } from '#domain/syncs/sync.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import { Problem } from '#lib/problem.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type FreezePlanTools, freezePlan, type RequestedItems } from './frozen-plan.ts';
import { type NewSync, newSync } from './new-sync.ts';

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
