import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { LockstepStack } from './lockstep-stack.ts';

const period = Duration.minutes(1);

/** What an operator is woken for. A stack of its own: it changes with the people on duty, and no laptop needs it. */
export class OpsStack extends Stack {
  constructor(scope: Construct, id: string, { product, ...props }: StackProps & { product: LockstepStack }) {
    super(scope, id, props);
    const { relay } = product.stream;
    if (relay) {
      this.#alarm(
        'relay.age',
        'the relay is a minute behind the table',
        relay.metric('IteratorAge', { period, statistic: 'Maximum' }),
        60_000,
        5,
      );
      this.#alarm('relay.errors', 'the relay keeps failing', relay.metricErrors({ period }), 0, 5);
    }
    // Whatever gives up quietly leaves a record there: a refused capture, a message that nobody can read.
    const parked = product.tables.parked.metric('ConsumedWriteCapacityUnits', { period, statistic: 'Sum' });
    this.#alarm('parked', 'something was parked for an operator', parked, 0, 1);
    for (const { name, door, deadLetters } of product.queues.all) {
      const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
      this.#alarm(`${door.name.replaceAll('/', '.')}.dead-letters`, `${name} has dead letters`, waiting, 0, 1);
    }
  }

  #alarm(id: string, alarmDescription: string, metric: IMetric, threshold: number, evaluationPeriods: number) {
    new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
