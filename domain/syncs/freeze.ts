import type { Clock } from '#lib/clock.ts';
import type { Pinned } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import { continuations, lanesOf } from './batch-work.ts';
import { type Planning, planFor } from './plan-for.ts';
import type { Limits } from './sync.ts';
import { withinQuota } from './within-quota.ts';

/** The items of a batch as they are asked for: in the request itself, or the id of an upload. */
export type AskedItems = unknown[] | { upload: string };
/** `deadline` in ms. */
export type Freeze = {
  tenant: string;
  type: string;
  payload: Record<string, unknown>;
  items?: AskedItems | undefined;
  deadline?: number | undefined;
};
export type Freezing = {
  /** Every system that takes part in syncs. */
  systems: () => Promise<Manifest[]>;
  /** Reads and checks a batch, and names the bytes that it has read. Absent where nobody brings one. */
  pin?: (asked: { tenant: string; type: string; items: AskedItems }) => Promise<Pinned>;
  clock: Clock;
  limits: Pick<Limits, 'legMs'>;
  deadlineMs: number;
};

/** All that a sync is bound to from its acceptance on: who is asked, by which manifests, until when, and about which batch. Refuses what cannot be done. */
export async function freeze(
  { tenant, type, payload, items, deadline: asked }: Freeze,
  tools: Freezing,
): Promise<Planning & { deadline: number; batch?: Pinned; long?: boolean }> {
  const deadline = asked ?? tools.clock.now() + tools.deadlineMs;
  const planned = await planFor(type, payload, tools, items !== undefined);
  if (items === undefined) return { ...planned, deadline };
  if (!tools.pin) throw new Error('A batch has come where none is taken');
  const batch = await tools.pin({ tenant, type, items });
  withinQuota(planned, { count: batch.count, deadline, now: tools.clock.now(), limits: tools.limits });
  const long = continuations(lanesOf(batch.count, planned.plan, planned.taking), tools.limits.legMs) > 0;
  return { ...planned, deadline, batch, long };
}
