import * as z from 'zod';
import { layout } from './layout.ts';
import { line } from './line.ts';
import { participation } from './participation.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/);
/** A field inside a JSON document: `status`, `result.code`. */
const field = z.string().regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/);
const word = z.union([z.string(), z.boolean(), z.int()]);

/** How to read an answer. Without any of it every 2xx in JSON that carries no `error` is a yes. */
const answer = z.strictObject({
  /** Where the answer repeats the token: another value there is somebody else's answer. */
  echo: field.optional(),
  /** The field that says how it went, and which of its values mean what. A value that is not listed means nothing known. */
  field: field.optional(),
  means: z
    .record(z.string(), z.enum(['yes', 'no', 'ongoing', 'absent', 'prepared', 'committed', 'rolled-back']))
    .optional(),
  /** The field with the end of a reservation, as an RFC 3339 time. */
  validUntil: field.optional(),
  /** Of a batch: the fields with how many items they have, with their sum, and with those that they refuse, each `{ id, reason }`. */
  count: field.optional(),
  amount: field.optional(),
  refused: field.optional(),
});

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Below the endpoint. `{token}` is the token of the sync; of a system that takes no syncs, `{key}` is what the call is about. */
const path = z.string().regex(/^\/[\w\-/{}.]*$/);

/** In what a call differs when it is about a batch; `{items}`, `{chunk.index}`, `{chunk.count}`, `{chunk.amount_minor}`, `{batch.count}` and `{batch.amount_minor}` are filled in too. */
const ofBatch = z.strictObject({
  method: method.optional(),
  path: path.optional(),
  body: z.json().optional(),
  answer: answer.optional(),
});

const call = z.strictObject({
  /** Whoever speaks HTTP has both, whoever takes files has neither. */
  method: method.optional(),
  path: path.optional(),
  /** Overrides the system's own limit, in milliseconds. */
  timeoutMs: z.int().min(100).max(10_000).optional(),
  /** What is sent: any JSON, in which `{token}`, `{type}`, `{payload}`, `{payload.state}`, `{key}` and `{not_after}` are filled in. */
  body: z.json().optional(),
  answer: answer.optional(),
  batch: ofBatch.optional(),
});

/** A function goes on with a batch for a few times as long. */
const longestChunkSeconds = 5;

/**
 * How a system takes a batch: in `chunks` of so many `items`, `atOnce` of them under way; `whole`, in one stream; or only its `totals`. `itemsPerSecond`
 * is what it can bear, and what a dry run reckons with.
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

/** Of a system that takes files: who we are to it, where each field stands, and how long a commit waits for the answer before it is asked about later. */
const file = z.strictObject({
  user: z.string().min(1).max(64).optional(),
  layout,
  responseWaitMs: z.int().min(0).max(4_000).default(2_000),
});

/** When a system takes an event: every condition holds. */
const condition = z.union([
  z.strictObject({ field, in: z.array(word).min(1) }),
  z.strictObject({ field, atLeast: z.number() }),
  z.strictObject({ field, atMost: z.number() }),
]);

const capabilities = z.strictObject({
  /** What a yes to prepare is worth: held for us, only looked at, or nothing asked. */
  prepare: z.enum(['reserve', 'dry-run', 'none']).default('none'),
  /** How a commit is undone: exactly, by an opposite entry, or not at all. */
  undo: z.enum(['inverse', 'compensate', 'none']).default('none'),
  /** Whether it can be asked what has become of a token. */
  query: z.boolean().default(false),
  /** How it recognises a repeat. */
  idempotent: z.enum(['native-key', 'dedupable', 'none']),
  /** It remembers a rollback (a void) of what it never saw, so that the late original finds it. */
  tombstone: z.boolean(),
  /** How long after a commit it can be undone. Without it, for ever. */
  undoWindowSeconds: z.int().min(1).optional(),
  /** How long after a call was given up it may still take effect over there. */
  settlesWithinMs: z.int().min(0).default(10_000),
});

/**
 * An outside system, as data. Its endpoint is not here: cdk.json has a record for each deployment
 * (`systems`), and `ENDPOINT_CLEARINGHOUSE=https://…` overrides its endpoint.
 */
export const manifest = z
  .strictObject({
    name,
    title: z.string().min(1),
    /** The file of functions/adapters that speaks to it. Only a system with one takes part in syncs. */
    adapter: name.optional(),
    /** The types of sync that it takes, and when. */
    takes: z.record(z.string(), z.strictObject({ when: z.array(condition).default([]) })).default({}),
    timeoutMs: z.int().min(100).max(10_000).default(2_000),
    maxBytes: z.int().min(1).max(1_048_576).default(65_536),
    calls: z.record(name, call),
    /** Without it, it takes no batches. */
    batch: batch.optional(),
    /** Only of an adapter that brings files. */
    file: file.optional(),
    capabilities,
    /** Request header (of an adapter that speaks no HTTP: what it needs to be let in) → the name of a secret in AWS Secrets Manager. */
    secrets: z
      .record(z.string().regex(/^[a-z][a-z0-9-]*$/), z.string().regex(/^[\w/+=.@-]{1,120}$/))
      .default({}),
  })
  .superRefine(participation)
  .superRefine(line)
  .transform((system) => (system.adapter ? { ...system, calls: withLimits(system.calls) } : system));

/** What a phase may take where its manifest does not say. */
const limits: Record<string, number> = { prepare: 2_000, commit: 5_000, rollback: 5_000, query: 2_000 };

const withLimits = (calls: Record<string, z.output<typeof call>>) =>
  Object.fromEntries(
    Object.entries(calls).map(([phase, each]) => [phase, { timeoutMs: limits[phase], ...each }]),
  );

export type Manifest = z.output<typeof manifest>;
export type Condition = z.output<typeof condition>;
export type Answers = z.output<typeof answer>;
