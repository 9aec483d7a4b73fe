import type { Ask, Batch, Chunk, Phase, Pinned } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Accepting } from './accept-sync.ts';
import { estimate } from './estimate.ts';
import { estimateBatch } from './estimate-batch.ts';
import { type Freeze, type Freezing, freeze } from './freeze.ts';
import { hidden, mask, masked } from './masked.ts';
import { budgetMs } from './sync.ts';
import { callKey, wireOf } from './token.ts';

type RehearseSync = Freeze & { token: string };
type Request = { method: string; path: string; body?: unknown };
/** `requestOf`: what an adapter sends in a phase. */
export type Rehearsing = Freezing &
  Pick<Accepting, 'clock'> & { requestOf: (ask: Ask, phase: Phase) => Request };

const forward = ['prepare', 'commit'] as const;

/**
 * What a sync would do if every system said yes: who is asked, in which order, with which requests (of a batch that goes in slices, the first of each phase).
 * Nothing is written and nobody is asked; a batch is read and checked as the real one would be.
 */
export async function rehearseSync({ token, ...command }: RehearseSync, tools: Rehearsing) {
  const { clock, requestOf } = tools;
  const { plan, taking, batch } = await freeze(command, tools);
  const { tenant, type, payload } = command;
  const wire = wireOf(tenant, token);
  const shown = masked(type, payload);
  const notAfter = clock.now() + budgetMs;

  const requestsOf = (system: Manifest) =>
    forward.flatMap((phase) => {
      if (!system.calls[phase]) return [];
      const key = callKey(wire, system.name, phase);
      const { method, path, body } = requestOf(
        {
          system,
          token: wire,
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
      .map(({ system, inputs }) => ({ system, inputs: hidden(inputs) })),
    estimates: batch
      ? estimateBatch({ plan, taking }, { batch, now: clock.now(), legMs: tools.limits.legMs })
      : estimate(plan, taking),
  };
}

/** A batch as one call is about it, with its numbers, and without a word of what is in it. */
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
