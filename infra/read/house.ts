import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Batches } from '#infra/stacks/batches.ts';
import type { Queues } from '#infra/stacks/queues.ts';
import type { Signing } from '#infra/stacks/signing.ts';
import type { Tables } from '#infra/stacks/tables.ts';
import type { Bundles } from './bundles.ts';
import type { AdapterDoor, Door } from './doors.ts';
import type { System } from './endpoints.ts';
import type { Settings } from './settings.ts';

/** The input of a stack: the doors, the outside systems and the operator's settings. */
export type Plan = {
  root: string;
  doors: Door[];
  bundles: Bundles;
  systems: System[];
  settings: Settings;
  commit: string;
  version: string;
};

export type AdapterFunction = { door: AdapterDoor; target: IFunction };

/**
 * The plan and the resources that functions may use. `machine` is absent while its own tasks are
 * made, and in a build without one.
 */
export type House = Plan & {
  tables: Tables;
  batches: Batches;
  logs: LogGroup;
  signing: Signing;
  queues: Queues;
  bus: EventBus;
  adapters: AdapterFunction[];
  machine?: StateMachine | undefined;
};
