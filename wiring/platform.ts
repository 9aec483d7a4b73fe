import type { Destinations } from '#domain/relay/relay.ts';
import { type AppendOnly, appendOnly } from '#lib/aws/append-only.ts';
import { awsJsonCalls } from '#lib/aws/aws-json-calls.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import type { executionsOn } from '#lib/aws/executions.ts';
import type { adaptersOn } from '#lib/aws/lambdas.ts';
import type { Objects } from '#lib/aws/objects.ts';
import { type ParkedTable, parkingIn } from '#lib/aws/parked-table.ts';
import type { queuesOn } from '#lib/aws/queues.ts';
import { secretsManager, secretsOn } from '#lib/aws/secrets.ts';
import type { Signer } from '#lib/aws/signer.ts';
import type { tasksOn } from '#lib/aws/step-functions-tasks.ts';
import type { Store, Table } from '#lib/aws/table.ts';
import { thinCalls } from '#lib/aws/thin-calls.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { endpointOf, env } from '#lib/env.ts';
import { logger } from '#lib/logger.ts';
import type { measure } from '#lib/metrics.ts';
import { once } from '#lib/once.ts';
import { httpOutside } from '#lib/outside/http.ts';
import type { Outside } from '#lib/outside/outside.ts';
import type { SftpOutside } from '#lib/outside/sftp.ts';
import type { Manifest } from '#systems/manifest.ts';

/**
 * Everything that the product runs on. A tool box takes the members that it needs; AWS, a test and
 * the simulator each bring their own.
 */
export type Platform = {
  clock: Clock;
  wait: (ms: number) => Promise<unknown>;
  newId: () => string;
  /** From 0 to below 1. */
  random: () => number;
  table: Table;
  /** The table of records that wait for an operator to redrive them. */
  deadLetters: ParkedTable;
  ledger: AppendOnly;
  /** The origin line in signed checkpoints of the ledger. */
  origin: string;
  objects: Objects;
  /** The HTTP line to outside systems, with their secrets. */
  outside: Outside;
  sftp: SftpOutside;
  bus: Destinations['bus'];
  queues: ReturnType<typeof queuesOn>;
  executions: ReturnType<typeof executionsOn>;
  tasks: ReturnType<typeof tasksOn>;
  adapters: ReturnType<typeof adaptersOn>;
  signer: Signer;
  /** A number of infra/read/settings.ts, by the name of its variable. */
  settings: (name: string) => number;
  systems: Systems;
  /** Writes one log line with metrics. */
  measure: typeof measure;
  warn: (what: string, about: object) => void;
};
/** The systems that take part in syncs, by name, and this build's manifests. */
export type Systems = { names: () => string[]; load: (name: string) => Promise<Manifest> };

// The deployed product, member by member. A bundle keeps the members that its door uses, and is
// granted only their permissions. Members with a client of the SDK have files of their own.

const call = /* @__PURE__ */ once(() => thinCalls());
const tableIn = (variable: string): Table => dynamoTable({ call: call(), name: env(variable) });
export const deployedTable = /* @__PURE__ */ once(() => tableIn('TABLE'));
export const deployedDeadLetters = /* @__PURE__ */ once(() => parkingIn(tableIn('PARKED')));
export const deployedLedger = /* @__PURE__ */ once(() => appendOnly(tableIn('LEDGER')));
export const deployedOrigin = (): string => `lockstep/${env('LEDGER')}`;
export const deployedStore = (): Store => ({ table: deployedTable(), clock: systemClock });

export const deployedSecrets = /* @__PURE__ */ secretsOn({
  call: /* @__PURE__ */ awsJsonCalls(secretsManager),
  clock: systemClock,
});
export const deployedOutside = /* @__PURE__ */ once(() =>
  httpOutside({ clock: systemClock, endpoint: endpointOf, secrets: deployedSecrets }),
);

export const deployedSystemNames = (): string[] => env('SYSTEMS').split(',').filter(Boolean);
export const deployedWarn: Platform['warn'] = (what, about) => logger().warn(what, { ...about });
