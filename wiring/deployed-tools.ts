import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { busOn } from '#lib/aws/bus.ts';
import { executionsOn } from '#lib/aws/executions.ts';
import { adaptersOn, lambdaClient } from '#lib/aws/lambdas.ts';
import { queuesOn, sqsClient } from '#lib/aws/queues.ts';
import { sdk } from '#lib/aws/sdk.ts';
import { tasksOn } from '#lib/aws/step-functions-tasks.ts';
import { systemClock } from '#lib/clock.ts';
import { env, setting } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { measure } from '#lib/metrics.ts';
import { once } from '#lib/once.ts';
import { loadSystem } from '#systems/load.ts';
import { deployedObjects } from './deployed-objects.ts';
import {
  deployedDeadLetters,
  deployedLedger,
  deployedStore,
  deployedSystemNames,
  deployedWarn,
} from './platform.ts';
import { relayToolsOn } from './relay.ts';
import { sagaToolsOn } from './saga.ts';
import {
  acceptingToolsOn,
  batchAcceptingToolsOn,
  dryRunToolsOn,
  recoveringToolsOn,
  undoingToolsOn,
  undoPlanToolsOn,
  wakingToolsOn,
  watchdogToolsOn,
} from './syncs.ts';

// The tool boxes that need a client of the SDK. They have a file of their own, because the
// makers of the same tools also run where no client is needed: simulators, tests, commands.

const bus = /* @__PURE__ */ once(() =>
  busOn({ client: once(() => new EventBridgeClient(sdk)), name: () => env('BUS') }),
);
const queues = /* @__PURE__ */ once(() =>
  queuesOn({
    client: once(() => sqsClient()),
    urlOf: (job) => env(`QUEUE_${job.toUpperCase().replaceAll(/[.-]/g, '_')}`),
  }),
);
const adapters = /* @__PURE__ */ once(() =>
  adaptersOn({
    client: once(() => lambdaClient()),
    nameOf: (adapter) => env(`ADAPTER_${adapter.toUpperCase().replaceAll('-', '_')}`),
  }),
);
const machines = /* @__PURE__ */ once(() => new SFNClient(sdk));
/** The executions of syncs. */
const executions = /* @__PURE__ */ once(() =>
  executionsOn({ client: machines, machine: () => env('MACHINE') }),
);
/** The callers' own state machines, in this account. */
export const deployedTasks = /* @__PURE__ */ once(() => tasksOn({ client: machines }));

const base = () => ({ ...deployedStore(), newId, settings: setting });
const asking = () => ({
  ...base(),
  systems: { names: deployedSystemNames, load: loadSystem },
  tasks: deployedTasks(),
});
const recovering = () => ({ ...base(), executions: executions() });

export const acceptingTools = /* @__PURE__ */ once(() => acceptingToolsOn(asking()));
export const batchAcceptingTools = /* @__PURE__ */ once(() =>
  batchAcceptingToolsOn({ ...asking(), objects: deployedObjects() }),
);
export const dryRunTools = /* @__PURE__ */ once(() =>
  dryRunToolsOn({ ...asking(), objects: deployedObjects() }),
);
export const undoPlanTools = /* @__PURE__ */ once(() =>
  undoPlanToolsOn({ ...deployedStore(), objects: deployedObjects() }),
);
export const undoingTools = /* @__PURE__ */ once(() =>
  undoingToolsOn({ ...base(), objects: deployedObjects() }),
);
export const recoveringTools = /* @__PURE__ */ once(() => recoveringToolsOn(recovering()));
export const watchdogTools = /* @__PURE__ */ once(() =>
  watchdogToolsOn({ ...recovering(), random: Math.random, measure, warn: deployedWarn }),
);
export const wakingTools = /* @__PURE__ */ once(() =>
  wakingToolsOn({ ...deployedStore(), queues: queues(), settings: setting }),
);
export const sagaTools = /* @__PURE__ */ once(() =>
  sagaToolsOn({
    ...base(),
    systems: { names: deployedSystemNames },
    ...{ objects: deployedObjects(), adapters: adapters() },
  }),
);
export const relayTools = /* @__PURE__ */ once(() =>
  relayToolsOn({
    ...{ clock: systemClock, settings: setting },
    ...{ bus: bus(), queues: queues(), executions: executions() },
    ...{ ledger: deployedLedger(), deadLetters: deployedDeadLetters() },
  }),
);
