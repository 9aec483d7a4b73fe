import type { Limits } from '#domain/syncs/sync.ts';
import type { Clock } from '#lib/clock.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Pinned } from '#systems/protocol.ts';
import { continuations, lanesOf } from './batch-load.ts';
import { type PlannedSync, planFor } from './plan-sync.ts';
import { checkQuota } from './quota.ts';

/** Items of a batch in a request: the items, or the id of an upload. */
export type RequestedItems = unknown[] | { upload: string };
/** `deadline` in ms. */
export type FreezePlan = {
  tenant: string;
  type: string;
  payload: Record<string, unknown>;
  items?: RequestedItems | undefined;
  deadline?: number | undefined;
};
export type FreezePlanTools = {
  /** Every system that takes part in syncs. */
  systems: () => Promise<Manifest[]>;
  /** Reads, checks and pins a batch. Absent for routes without batches. */
  pin?: (asked: { tenant: string; type: string; items: RequestedItems }) => Promise<Pinned>;
  clock: Clock;
  limits: Pick<Limits, 'legMs'>;
  deadlineMs: number;
};

/**
 * Everything that acceptance fixes for a sync: plan, manifests, deadline and batch. Refuses a
 * command that cannot be planned.
 */
export async function freezePlan(
  { tenant, type, payload, items, deadline: asked }: FreezePlan,
  tools: FreezePlanTools,
): Promise<PlannedSync & { deadline: number; batch?: Pinned; long?: boolean }> {
  const deadline = asked ?? tools.clock.now() + tools.deadlineMs;
  const planned = await planFor(type, payload, tools, items !== undefined);
  if (items === undefined) return { ...planned, deadline };
  if (!tools.pin) throw new Error('This route takes no batches');
  const batch = await tools.pin({ tenant, type, items });
  checkQuota(planned, { count: batch.count, deadline, now: tools.clock.now(), limits: tools.limits });
  const long = continuations(lanesOf(batch.count, planned.plan, planned.taking), tools.limits.legMs) > 0;
  return { ...planned, deadline, batch, long };
}
