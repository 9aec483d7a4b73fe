import type { Ask, Phase } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import { type Accepting, planFor } from './accept-sync.ts';
import { estimate } from './estimate.ts';
import { hidden, mask, masked } from './masked.ts';
import { budgetMs } from './sync.ts';
import { callKey, wireOf } from './token.ts';

type RehearseSync = { tenant: string; token: string; type: string; payload: Record<string, unknown> };
type Request = { method: string; path: string; body?: unknown };
/** `requestOf`: what an adapter sends in a phase. */
export type Rehearsing = Pick<Accepting, 'systems' | 'clock'> & { requestOf: (ask: Ask, phase: Phase) => Request };

const forward = ['prepare', 'commit'] as const;

/** What a sync would do if every system said yes: who is asked, in which order, with which requests. Nothing is written and nobody is asked. */
export async function rehearseSync({ tenant, token, type, payload }: RehearseSync, { systems, clock, requestOf }: Rehearsing) {
  const { plan, taking } = await planFor(type, payload, { systems });
  const wire = wireOf(tenant, token);
  const shown = masked(type, payload);
  const notAfter = clock.now() + budgetMs;

  const requestsOf = (system: Manifest) =>
    forward.flatMap((phase) => {
      if (!system.calls[phase]) return [];
      const key = callKey(wire, system.name, phase);
      const { method, path, body } = requestOf(
        { system, token: wire, key, type, payload: shown, notAfter, acceptedAt: clock.now() },
        phase,
      );
      const secret = Object.keys(system.secrets).map((header) => [header, mask]);
      return [
        { phase, method, path, headers: { 'idempotency-key': key, ...Object.fromEntries(secret) }, ...(body !== undefined && { body }) },
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
    skipped: plan.policy.filter(({ takes }) => !takes).map(({ system, inputs }) => ({ system, inputs: hidden(inputs) })),
    estimates: estimate(plan, taking),
  };
}
