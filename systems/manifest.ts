import * as z from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/);

const call = z.strictObject({
  method: z.enum(['GET', 'POST']),
  /** Below the endpoint; `{key}` is replaced by the key of the thing that the call is about. */
  path: z.string().regex(/^\/[\w\-/{}]*$/),
  /** Overrides the system's own limit, in milliseconds. */
  timeoutMs: z.int().min(100).max(10_000).optional(),
});

/**
 * An outside system, as data. Its endpoint is not here: it is named by `name` and given at synth, from the context
 * (`endpoints`, see cdk.json) or from the environment (`ENDPOINT_CLEARINGHOUSE=https://…`).
 */
export const manifest = z.strictObject({
  name,
  title: z.string().min(1),
  /** True allows plain HTTP and private addresses: this is the operator's own word, never a caller's. */
  private: z.boolean().default(false),
  timeoutMs: z.int().min(100).max(10_000).default(2_000),
  maxBytes: z.int().min(1).max(1_048_576).default(65_536),
  calls: z.record(name, call),
  capabilities: z.strictObject({
    /** How it recognises a repeat. */
    idempotent: z.enum(['native-key', 'dedupable', 'none']),
    /** It remembers a void of what it never saw, so that the late original finds it. */
    tombstone: z.boolean(),
  }),
});

export type Manifest = z.output<typeof manifest>;
