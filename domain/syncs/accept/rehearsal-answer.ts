import * as z from 'zod';
import { grade, skippedSystems } from '#domain/syncs/sync-answer.ts';
import { forwardPhases } from '#systems/protocol.ts';

const request = z.object({
  phase: z.enum(forwardPhases),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
});

const estimates = z
  .object({
    calls: z.int(),
    transitions: z.int(),
    aws_cost_usd: z.number(),
    seconds_at_most: z.number(),
    items: z.int().optional(),
    amount_minor: z.int().optional(),
    continuations: z.int().optional(),
    aws_calls: z.int().optional(),
    seconds: z.number().optional(),
    finished_at: z.iso.datetime().optional(),
    by_system: z
      .array(
        z.object({
          system: z.string(),
          phase: z.enum(forwardPhases),
          by: z.enum(['whole', 'chunks', 'totals']),
          calls: z.int(),
          seconds: z.number(),
        }),
      )
      .optional(),
  })
  .meta({ description: 'What the sync would take. The fields from `items` on only for a batch.' });

/** What a sync would do if every system said yes. */
export const rehearsalShape = z
  .object({
    type: z.string(),
    grade,
    grade_reason: z.string(),
    systems: z.array(
      z.object({ system: z.string(), title: z.string(), last: z.boolean(), requests: z.array(request) }),
    ),
    skipped: skippedSystems,
    estimates,
  })
  .meta({
    id: 'DryRun',
    description: 'The requests that each system would get. Texts of the payload and secrets are hidden.',
  });

export const rehearsalExample = {
  ...{ type: 'benefit.adjusted', grade: 'A' },
  grade_reason: 'every system reserves before it commits, and can be undone',
  systems: [
    {
      ...{ system: 'dashboard', title: 'Public Dashboard', last: false },
      requests: [
        {
          ...{ phase: 'prepare', method: 'POST', path: '/totals/stage' },
          headers: { 'idempotency-key': '0d2f7c1b-5c0e-8a6e-9b1d-3a4f5e6d7c8b:dashboard:prepare:1' },
          body: { event_id: '0d2f7c1b-5c0e-8a6e-9b1d-3a4f5e6d7c8b', state: '•••', delta_usd: 25 },
        },
      ],
    },
  ],
  skipped: [],
  estimates: { calls: 2, transitions: 3, aws_cost_usd: 0.000214, seconds_at_most: 20 },
};
