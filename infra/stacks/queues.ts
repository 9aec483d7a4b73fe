import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Door, ofKind } from '#infra/read/doors.ts';
import type { Settings } from '#infra/read/settings.ts';
import type { LambdaFor } from './lambda-for.ts';

/**
 * `name` is the operators' name for it: `payment.settle`, `slot/keep-board`,
 * `every-5-minutes.sweep`.
 */
export type Work = { name: string; door: Door; queue: Queue; deadLetters: Queue };

/**
 * A queue and its dead letters for every door that works from one. queue-policies.ts decides which
 * services may send to them.
 */
export class Queues extends Construct {
  readonly all: Work[];
  readonly jobs: Work[];
  readonly #settings: Settings;

  constructor(scope: Construct, id: string, { doors, settings }: { doors: Door[]; settings: Settings }) {
    super(scope, id);
    this.#settings = settings;
    this.jobs = ofKind(doors, 'job').map((door) => this.#queueFor(door));
    const others = [...ofKind(doors, 'subscriber'), ...ofKind(doors, 'schedule')];
    this.all = [...this.jobs, ...others.map((door) => this.#queueFor(door))];
  }

  of(door: Door): Work {
    return this.all.find((work) => work.door === door)!;
  }

  /** Makes the door the worker of its queue. Only the messages that it names are redelivered. */
  workedBy(scope: Construct, door: Door, lambdaFor: LambdaFor): IFunction {
    const { queue } = this.of(door);
    const worker = lambdaFor(scope, door, [
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
    ]);
    const longest = worker.timeout?.toSeconds() ?? 0;
    if (this.#settings.visibilitySeconds < longest)
      throw new Error(`setting visibilitySeconds: ${door.file} may run for ${longest} s`);
    new EventSourceMapping(scope, `${worker.node.id}.mapping`, {
      target: worker,
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      maxConcurrency: this.#settings.workerConcurrency,
      reportBatchItemFailures: true,
    });
    return worker;
  }

  #queueFor(door: Door): Work {
    const name = door.name.slice(door.name.indexOf('/') + 1);
    const id = door.name.replaceAll('/', '.');
    const common = {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
    };
    const deadLetters = new Queue(this, `${id}.dead-letters`, common);
    const queue = new Queue(this, id, {
      ...common,
      visibilityTimeout: Duration.seconds(this.#settings.visibilitySeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: this.#settings.maxReceives },
    });
    return { name, door, queue, deadLetters };
  }
}
