import type * as z from 'zod';
import { callKey, outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { budgetMs } from '#domain/syncs/sync.ts';
import { catalogue } from '#events/index.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Ask, Batch, Chunk, Phase, Pinned } from '#systems/protocol.ts';
import type { AcceptSyncTools } from './accept-sync.ts';
import { estimate, estimateBatch } from './estimate.ts';
import { type FreezePlan, type FreezePlanTools, freezePlan } from './frozen-plan.ts';

export const mask = '•••';

/**
 * Masks a payload: shape stays, every text and every field that the schema marks as personal is
 * hidden.
 */
export function maskPayload(type: string, payload: Record<string, unknown>): Record<string, unknown> {
  const { shape = {} } = catalogue.get(type)?.data ?? {};
  const entries = Object.entries(payload).map(([name, value]) => {
    const { 'x-pii': personal, 'x-subject': subject } = (shape[name] as z.ZodType | undefined)?.meta() ?? {};
    return [name, personal || subject ? mask : maskValue(value)];
  });
  return Object.fromEntries(entries);
}

/** Numbers and booleans stay as they are. */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return mask;
  if (Array.isArray(value)) return value.map(maskValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskValue(inner)]));
}

type RehearseSync = FreezePlan & { syncId: string };
type Request = { method: string; path: string; body?: unknown };
/** `requestOf`: what an adapter sends in a phase. */
export type DryRunTools = FreezePlanTools &
  Pick<AcceptSyncTools, 'clock'> & { requestOf: (ask: Ask, phase: Phase) => Request };

const forward = ['prepare', 'commit'] as const;

/**
 * What a sync would do if every system said yes: the systems, their order and the requests (for
 * chunks, the first of each phase). Writes nothing and calls no system; a batch is read and
 * checked as for a real sync.
 */
export async function dryRunSync({ syncId, ...command }: RehearseSync, tools: DryRunTools) {
  const { clock, requestOf } = tools;
  const { plan, taking, batch } = await freezePlan(command, tools);
  const { tenant, type, payload } = command;
  const outsideToken = outsideTokenOf(tenant, syncId);
  const shown = maskPayload(type, payload);
  const notAfter = clock.now() + budgetMs;

  const requestsOf = (system: Manifest) =>
    forward.flatMap((phase) => {
      if (!system.calls[phase]) return [];
      const key = callKey(outsideToken, system.name, phase);
      const { method, path, body } = requestOf(
        {
          system,
          outsideToken,
          key,
          type,
          payload: shown,
          notAfter,
          acceptedAt: clock.now(),
          ...(batch && sliceOf(batch, system)),
        },
        phase,
      );
      const secret = Object.keys(system.secrets).map((header) => [header, mask]);
      return [
        {
          phase,
          method,
          path,
          headers: { 'idempotency-key': key, ...Object.fromEntries(secret) },
          ...(body !== undefined && { body }),
        },
      ];
    });

  return {
    type,
    grade: plan.grade,
    grade_reason: plan.gradeReason,
    systems: plan.systems.map(({ name, title, last }) => ({
      system: name,
      title,
      last,
      requests: taking.filter((system) => system.name === name).flatMap(requestsOf),
    })),
    skipped: plan.policy
      .filter(({ takes }) => !takes)
      .map(({ system, inputs }) => ({ system, inputs: maskValue(inputs) })),
    estimates: batch
      ? estimateBatch({ plan, taking }, { batch, now: clock.now(), legMs: tools.limits.legMs })
      : estimate(plan, taking),
  };
}

/** A batch as one call sends it: numbers, and no items. */
function sliceOf({ count, amount_minor }: Pinned, { batch: how }: Manifest) {
  const batch = { count, amount_minor } as Batch;
  if (how?.by !== 'chunks') return { batch };
  return {
    batch,
    chunk: {
      index: 0,
      first: 0,
      count: Math.min(count, how.items),
      amount_minor: mask,
      items: mask,
    } as unknown as Chunk,
  };
}
