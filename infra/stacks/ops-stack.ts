import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { LockstepStack } from './lockstep-stack.ts';

const period = Duration.minutes(1);

/**
 * The operators' alarms. A stack of its own: it changes with the people on duty, and local
 * deployments do not need it.
 */
export class OpsStack extends Stack {
  constructor(scope: Construct, id: string, { product, ...props }: StackProps & { product: LockstepStack }) {
    super(scope, id, props);
    this.#relay(product);
    this.#syncs(product);
    // Everything that fails without an alarm of its own writes here: a refused capture, an
    // unreadable message.
    const parked = product.tables.parked.metric('ConsumedWriteCapacityUnits', { period, statistic: 'Sum' });
    this.#alarm('parked', 'a message was parked: npx lockstep dead-letters list', parked, 0, 1);
    for (const { name, door, deadLetters } of product.queues.all) {
      const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
      this.#alarm(
        `${door.name.replaceAll('/', '.')}.dead-letters`,
        `${name} has dead letters: npx lockstep dead-letters list`,
        waiting,
        0,
        1,
      );
    }
  }

  #relay({ stream: { relay } }: LockstepStack) {
    if (!relay) return;
    const age = relay.metric('IteratorAge', { period, statistic: 'Maximum' });
    this.#alarm('relay.age', 'the relay is a minute behind the table', age, 60_000, 5);
    this.#alarm('relay.errors', 'the relay keeps failing', relay.metricErrors({ period }), 0, 5);
  }

  /** A parked sync ends its execution successfully; a failed execution could not even park it. */
  #syncs({ saga: { machine }, participants }: LockstepStack) {
    if (!machine) return;
    this.#alarm(
      'sync.failed',
      'an execution of a sync failed in Step Functions',
      machine.metricFailed({ period }),
      0,
      1,
    );
    this.#alarm(
      'sync.parked',
      'a sync waits for an operator: npx lockstep tickets list',
      ours('dlq_size'),
      0,
      1,
    );
    this.#alarm(
      'sync.overdue',
      'an open sync is ten minutes overdue: npx lockstep syncs list',
      ours('overdue_ms'),
      600_000,
      2,
    );
    for (const system of participants) {
      const answered = ours('answered', { dimensionsMap: { system }, statistic: 'Average' });
      this.#alarm(
        `${system}.silent`,
        `${system} answers fewer than half of its calls`,
        answered,
        0.5,
        5,
        ComparisonOperator.LESS_THAN_THRESHOLD,
      );
    }
  }

  #alarm(
    id: string,
    alarmDescription: string,
    metric: IMetric,
    threshold: number,
    evaluationPeriods: number,
    comparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
  ) {
    new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** Metrics that our functions write as log lines. */
const ours = (
  metricName: string,
  more: { dimensionsMap?: Record<string, string>; statistic?: string } = {},
) => new Metric({ namespace: 'Lockstep', metricName, period, statistic: 'Maximum', ...more });
