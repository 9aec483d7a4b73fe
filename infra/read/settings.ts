import type { Node } from 'constructs';
import * as z from 'zod';

const seconds = (min: number, max: number) => z.int().min(min).max(max);
const date = z.iso.date();

/** Everything an operator may turn. The values are in cdk.json; `-c leaseSeconds=3` or `LOCKSTEP_LEASE_SECONDS=3` overrides one. */
const schema = z
  .strictObject({
    /** How long a hold on a slot lives. */
    leaseSeconds: seconds(1, 840),
    /** How long after the lease its payment is settled. */
    settleMarginSeconds: seconds(0, 900),
    /** How long a message stays with one worker: several times the longest a worker may run, so that two never hold it. */
    visibilitySeconds: seconds(15, 43_200),
    /** After so many attempts a message goes to the dead-letter queue. */
    maxReceives: z.int().min(1).max(1000),
    /** Messages of one queue worked on at once. */
    workerConcurrency: z.int().min(2).max(1000),
    /** How long a function knows a tenant's API keys: a revoked key is refused everywhere after so long. */
    keyCacheSeconds: seconds(1, 3600),
    /** Invocations at once that are kept for a door, and its most: by its name, or by a folder for each door in it. docs/operations.md has a set of values. */
    reservedConcurrency: z.record(
      z.string().regex(/^[a-z]\S*$/, 'The name of a door, or of a folder, below functions/'),
      z.int().min(1),
    ),
    /** The most invocations at once of each door that lets its caller wait (`wait=`, `Prefer: wait`); none if null. They are kept for it, too. */
    waitingConcurrency: z.int().min(1).nullable(),
    /** Requests per second, and at once, that the whole API takes. */
    throttleRate: z.int().min(1),
    throttleBurst: z.int().min(1),
    /** Calls a second with one key, and at once, that one warm function takes: it stops a busy loop and promises no more. */
    keyRatePerSecond: z.int().min(1).max(10_000),
    keyBurst: z.int().min(1).max(10_000),
    /** The longest `wait=` of a long poll; the gateway gives up after 29 s. */
    maxWaitSeconds: seconds(0, 20),
    /** How an outage of a phase of a sync is repeated: first after, each time so much later, so often, and never later than. */
    retrySeconds: seconds(1, 300),
    retryBackoff: z.number().min(1).max(5),
    retryAttempts: z.int().min(0).max(100),
    retryMaxSeconds: seconds(2, 86_400),
    /** How long a sync may take to be decided. */
    syncDeadlineSeconds: seconds(10, 2_592_000),
    /** The first wait for a vote that is still being worked on; it doubles, up to 300. */
    waitSeconds: seconds(1, 300),
    /** An open sync that nobody has touched for so long is looked at. */
    watchdogSeconds: seconds(5, 3600),
    /** After a commit was refused so often, a human is asked. */
    refusedCommits: z.int().min(1).max(20),
    /** So long one function goes on with a batch before another takes over. */
    batchLegSeconds: seconds(15, 30),
    /** Waiting syncs that are woken per second. */
    wakesPerSecond: z.int().min(1).max(100),
    logRetentionDays: z.literal([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653,
    ]),
    /** False lets `cdk destroy` take the tables with it. */
    retainData: z.boolean(),
    /** Web origins that may call the API from a browser. */
    origins: z.array(
      z
        .url({ protocol: /^https?$/ })
        .refine(
          (url) => URL.parse(url)?.origin === url,
          'An origin: scheme, host and port, without a path or a slash at its end',
        ),
    ),
    /** Versions on their way out, with the dates that their answers carry. */
    deprecated: z.record(
      z.string().regex(/^v[1-9]\d*$/),
      z.strictObject({ since: date, sunset: date.optional() }),
    ),
  })
  .refine(({ leaseSeconds, settleMarginSeconds }) => leaseSeconds + settleMarginSeconds <= 900, {
    path: ['settleMarginSeconds'],
    message:
      'leaseSeconds + settleMarginSeconds must stay within 900: the longest that a queue delays a message',
  })
  .refine(({ retrySeconds, retryMaxSeconds }) => retryMaxSeconds > retrySeconds, {
    path: ['retryMaxSeconds'],
    message:
      'retryMaxSeconds must be more than retrySeconds: Step Functions takes no state machine otherwise',
  });

export type Settings = z.output<typeof schema>;

/** The settings of this synth. A value that is wrong stops it, by name. */
export const settingsFrom = (node: Node, env: NodeJS.ProcessEnv): Settings => {
  const known = Object.keys(schema.shape);
  const overrides = known.flatMap((name) => {
    const word = env[`LOCKSTEP_${upperSnake(name)}`] ?? node.tryGetContext(name);
    return word === undefined ? [] : [[name, spoken(name, word)]];
  });
  const result = schema.safeParse({ ...node.tryGetContext('settings'), ...Object.fromEntries(overrides) });
  if (result.success) return result.data;
  const told = result.error.issues.map((issue) => `setting ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `${told.join('\n')}\n(settings are in cdk.json; -c NAME=VALUE and LOCKSTEP_NAME=VALUE override them)`,
  );
};

/** `leaseSeconds` → `LEASE_SECONDS`. */
export const upperSnake = (name: string) => name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();

/** The settings as functions read them: `origins` separated by commas, `deprecated` as JSON. */
export const settingsAsEnvironment = (settings: Settings): Record<string, string> => {
  const told = (value: unknown) =>
    Array.isArray(value)
      ? value.join(',')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [upperSnake(name), told(value)]));
};

/** The command line and the environment speak in strings. */
const spoken = (name: string, word: unknown) => {
  if (typeof word !== 'string') return word;
  if (name === 'origins' && !word.startsWith('[')) return word.split(',').filter(Boolean);
  try {
    return JSON.parse(word);
  } catch {
    return word;
  }
};
