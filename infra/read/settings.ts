import type { Node } from 'constructs';
import * as z from 'zod';
import { readJson } from '#lib/json/read-json.ts';

const seconds = (min: number, max: number) => z.int().min(min).max(max);
const date = z.iso.date();

/**
 * Every setting of an operator. The values are in cdk.json; `-c leaseSeconds=3` or
 * `LOCKSTEP_LEASE_SECONDS=3` overrides one.
 */
const schema = z
  .strictObject({
    /** How long a hold on a slot lives. */
    leaseSeconds: seconds(1, 840),
    /** The delay between the end of the lease and the settlement of its payment. */
    settleMarginSeconds: seconds(0, 900),
    /**
     * SQS visibility timeout: several times the longest run of a worker, so that two workers never
     * hold one message.
     */
    visibilitySeconds: seconds(15, 43_200),
    /** Attempts before a message goes to the dead-letter queue. */
    maxReceives: z.int().min(1).max(1000),
    /** Concurrent messages per queue. */
    workerConcurrency: z.int().min(2).max(1000),
    /** How long a function caches API keys, and so accepts a revoked one. */
    keyCacheSeconds: seconds(1, 3600),
    /**
     * Reserved concurrency by a door's name, or by a folder for each door in it.
     * docs/operations.md has a set of values.
     */
    reservedConcurrency: z.record(
      z.string().regex(/^[a-z]\S*$/, 'The name of a door, or of a folder, below functions/'),
      z.int().min(1),
    ),
    /** Reserved concurrency of each door that lets its caller wait (`wait=`); null for none. */
    waitingConcurrency: z.int().min(1).nullable(),
    /** Rate and burst limit of the whole API, in requests per second. */
    throttleRate: z.int().min(1),
    throttleBurst: z.int().min(1),
    /** Calls a second per key, and burst, in one warm function: it stops a busy loop. */
    keyRatePerSecond: z.int().min(1).max(10_000),
    keyBurst: z.int().min(1).max(10_000),
    /** The longest `wait=` of a long poll; the gateway times out after 29 s. */
    maxWaitSeconds: seconds(0, 20),
    /**
     * Retries of a phase after an outage: first delay, growth factor, attempts, and longest delay.
     */
    retrySeconds: seconds(1, 300),
    retryBackoff: z.number().min(1).max(5),
    retryAttempts: z.int().min(0).max(100),
    retryMaxSeconds: seconds(2, 86_400),
    /** How long a sync may take to be decided. */
    syncDeadlineSeconds: seconds(10, 2_592_000),
    /** The first wait for a vote that is `ongoing`; it doubles, up to 300. */
    waitSeconds: seconds(1, 300),
    /** The watchdog checks an open sync after this time without progress. */
    watchdogSeconds: seconds(5, 3600),
    /** Refused commits before a sync is parked for an operator. */
    refusedCommits: z.int().min(1).max(20),
    /** How long one invocation works on a batch before the next takes over. */
    batchLegSeconds: seconds(15, 30),
    /** Waiting syncs that are woken per second. */
    wakesPerSecond: z.int().min(1).max(100),
    logRetentionDays: z.literal([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653,
    ]),
    /** False lets `cdk destroy` delete the tables. */
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
    /** Deprecated versions, with the dates that their answers carry. */
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

/** The settings of this synth. Throws, by name, at a wrong value. */
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

/** The command line and the environment give strings. */
const spoken = (name: string, word: unknown) => {
  if (typeof word !== 'string') return word;
  if (name === 'origins' && !word.startsWith('[')) return word.split(',').filter(Boolean);
  try {
    return readJson(word);
  } catch {
    return word;
  }
};
