import * as z from 'zod';
import { answer, field } from './answers.ts';
import { capabilities } from './capabilities.ts';
import { layout } from './layout.ts';
import { line } from './line.ts';
import { participation } from './participation.ts';
import { placeholders } from './placeholders.ts';
import { pathFault } from './url-path.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/);
const word = z.union([z.string(), z.boolean(), z.int()]);

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/**
 * Below the endpoint, perhaps with a query. `{token}` is the outside token; outside of syncs `{key}`
 * is the subject.
 */
const path = z.string().superRefine((given, context) => {
  const message = pathFault(given);
  if (message) context.addIssue({ code: 'custom', message });
});

/**
 * What differs for a batch. `{items}`, `{chunk.index}`, `{chunk.count}`, `{chunk.amount_minor}`,
 * `{batch.count}` and `{batch.amount_minor}` are filled in, too.
 */
const ofBatch = z.strictObject({
  method: method.optional(),
  path: path.optional(),
  body: z.json().optional(),
  answer: answer.optional(),
});

const call = z.strictObject({
  /** HTTP needs both, files neither. */
  method: method.optional(),
  path: path.optional(),
  /** Overrides the system's own limit, in milliseconds. */
  timeoutMs: z.int().min(100).max(10_000).optional(),
  /** The body: any JSON with `{token}`, `{type}`, `{payload.state}`, `{key}`, `{not_after}`; null: none. */
  body: z.json().optional(),
  answer: answer.optional(),
  batch: ofBatch.optional(),
});

/** One invocation works on a batch for a few times as long. */
const longestChunkSeconds = 5;

/**
 * How a system takes a batch: in `chunks` of `items`, `atOnce` concurrently; `whole`, as one
 * stream; or only its `totals`. A dry run estimates from `itemsPerSecond`, the system's capacity.
 */
const batch = z
  .strictObject({
    by: z.enum(['chunks', 'whole', 'totals']),
    items: z.int().min(1).max(5_000).default(500),
    atOnce: z.int().min(1).max(16).default(4),
    itemsPerSecond: z.int().min(1).optional(),
  })
  .refine(
    ({ by, items, itemsPerSecond = items }) =>
      by !== 'chunks' || items <= itemsPerSecond * longestChunkSeconds,
    {
      path: ['items'],
      message: `At the pace of itemsPerSecond one chunk must not take longer than ${longestChunkSeconds} s`,
    },
  );

/** Files: our name there, the layout, and how long a commit waits before a later query. */
const file = z.strictObject({
  user: z.string().min(1).max(64).optional(),
  layout,
  responseWaitMs: z.int().min(0).max(4_000).default(2_000),
});

/** A system takes an event if every condition holds. */
const condition = z.union([
  z.strictObject({ field, in: z.array(word).min(1) }),
  z.strictObject({ field, atLeast: z.number() }),
  z.strictObject({ field, atMost: z.number() }),
]);

/**
 * An outside system, as data. Its endpoint is in cdk.json, with a record for each deployment
 * (`systems`); `ENDPOINT_CLEARINGHOUSE=https://…` overrides it.
 */
export const manifest = z
  .strictObject({
    name,
    title: z.string().min(1),
    /** The adapter's file in functions/adapters. Only a system with one takes part in syncs. */
    adapter: name.optional(),
    /** The types of sync that the system takes, and their conditions. */
    takes: z.record(z.string(), z.strictObject({ when: z.array(condition).default([]) })).default({}),
    timeoutMs: z.int().min(100).max(10_000).default(2_000),
    maxBytes: z.int().min(1).max(1_048_576).default(65_536),
    calls: z.record(name, call),
    /** A system without it takes no batches. */
    batch: batch.optional(),
    /** Only for an adapter that exchanges files. */
    file: file.optional(),
    capabilities,
    /** Request header (or part of a login) → the name of a secret in AWS Secrets Manager. */
    secrets: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.string().regex(/^[\w/+=.@-]{1,120}$/))
      .default({}),
  })
  .superRefine(participation)
  .superRefine(line)
  .superRefine((system, context) =>
    placeholders(system, { wrong: (path, message) => context.addIssue({ code: 'custom', path, message }) }),
  )
  .transform((system) => (system.adapter ? { ...system, calls: withLimits(system.calls) } : system));

/** Default time limits of the calls, in milliseconds. */
const limits: Record<string, number> = { prepare: 2_000, commit: 5_000, rollback: 5_000, query: 2_000 };

const withLimits = (calls: Record<string, z.output<typeof call>>) =>
  Object.fromEntries(
    Object.entries(calls).map(([phase, each]) => [phase, { timeoutMs: limits[phase], ...each }]),
  );

export type Manifest = z.output<typeof manifest>;
export type Condition = z.output<typeof condition>;
