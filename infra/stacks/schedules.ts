import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { ofKind } from '#infra/read/doors.ts';
import type { House } from '#infra/read/house.ts';
import { type Fed, feed } from './feeding.ts';
import type { LambdaFor } from './lambda-for.ts';

const lasting = { minute: Duration.minutes, hour: Duration.hours, day: Duration.days };

/**
 * functions/schedules/: a rule with the rate of the door's name. A queue sits in between because a
 * rule does not retry a failed function.
 */
export class Schedules extends Construct {
  readonly fed: Fed[];

  constructor(scope: Construct, id: string, { doors, queues }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    this.fed = ofKind(doors, 'schedule').map((door) => {
      const schedule = Schedule.rate(lasting[door.unit](door.every));
      const fed = feed(this, queues.of(door), { schedule });
      queues.workedBy(this, door, lambdaFor);
      return fed;
    });
  }
}
