import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { participantsIn } from '#infra/read/environment.ts';
import type { House, Plan } from '#infra/read/house.ts';
import { reserveConcurrency } from '#infra/read/reserved-concurrency.ts';
import { Api } from './api.ts';
import { Batches } from './batches.ts';
import { Jobs } from './jobs.ts';
import { lambdasOf } from './lambda-for.ts';
import { QueuePolicies } from './queue-policies.ts';
import { Queues } from './queues.ts';
import { Saga } from './saga.ts';
import { Schedules } from './schedules.ts';
import { Signing } from './signing.ts';
import { Stream } from './stream.ts';
import { Subscribers } from './subscribers.ts';
import { Tables } from './tables.ts';

/**
 * The product: first the resources that functions use, then the constructs in the order in which
 * data passes them.
 */
export class LockstepStack extends Stack {
  readonly tables: Tables;
  readonly queues: Queues;
  readonly saga: Saga;
  readonly stream: Stream;
  /** The names of the systems that take part in syncs. */
  readonly participants: string[];

  constructor(scope: Construct, id: string, { plan, ...props }: StackProps & { plan: Plan }) {
    super(scope, id, props);
    const tables = new Tables(this, 'Tables', plan.settings);
    this.tables = tables;
    const signing = new Signing(this, 'Signing', plan.settings);
    const batches = new Batches(this, 'Batches', plan.settings);
    const retention = plan.settings.logRetentionDays;
    // One log group for all functions: the stream's name says which, and the order of time is read
    // in one place.
    const logs = new LogGroup(this, 'Log', { retention, removalPolicy: RemovalPolicy.DESTROY });
    this.participants = participantsIn(plan).split(',').filter(Boolean);
    const bus = new EventBus(this, 'Bus');
    this.queues = new Queues(this, 'Work', plan);
    // Created before the doors that start a sync: the machine depends on its tasks, and they on
    // the adapters.
    this.saga = new Saga(this, 'Saga', { ...plan, tables, signing, batches, logs, bus, queues: this.queues });
    const { adapters, machine } = this.saga;
    const house: House = {
      ...plan,
      tables,
      signing,
      batches,
      logs,
      bus,
      queues: this.queues,
      adapters,
      machine,
    };
    const lambdaFor = lambdasOf(house);

    const { api } = new Api(this, 'Api', house, lambdaFor);
    this.stream = new Stream(this, 'Stream', house, lambdaFor);
    new Jobs(this, 'Jobs', house, lambdaFor);
    const subscribers = new Subscribers(this, 'Subscribers', house, lambdaFor);
    const schedules = new Schedules(this, 'Schedules', house, lambdaFor);
    const fed = [...subscribers.fed, ...schedules.fed];
    new QueuePolicies(this, 'QueuePolicies', { queues: this.queues, fed });
    reserveConcurrency(this, plan);

    this.#tell({
      ApiId: api.restApiId,
      Stage: api.deploymentStage.stageName,
      Url: api.url,
      TableName: tables.table.tableName,
      ParkedTableName: tables.parked.tableName,
      LedgerTableName: tables.ledger.tableName,
      SigningKey: signing.key.keyArn,
      BatchesName: batches.bucket.bucketName,
      BusName: bus.eventBusName,
      LogGroupName: logs.logGroupName,
      Queues: this.toJsonString(this.#urls()),
      Systems: participantsIn(plan),
      ...(machine && { MachineArn: machine.stateMachineArn }),
      SettleMarginSeconds: String(plan.settings.settleMarginSeconds),
    });
  }

  #urls() {
    const urls = this.queues.all.map(({ name, queue, deadLetters }) => [
      name,
      { url: queue.queueUrl, deadLetters: deadLetters.queueUrl },
    ]);
    return Object.fromEntries(urls);
  }

  #tell(outputs: Record<string, string>) {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
