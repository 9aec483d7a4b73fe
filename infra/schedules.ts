import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ofKind } from './doors.ts';
import type { House } from './house.ts';
import type { LambdaFor } from './lambda-for.ts';

const lasting = { minute: Duration.minutes, hour: Duration.hours, day: Duration.days };

/** functions/schedules/: a rule with the rate that the name says, and a queue in between, because a rule does not retry a function that fails. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { doors, queues }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    for (const door of ofKind(doors, 'schedule')) {
      const { queue, deadLetters } = queues.of(door);
      new Rule(this, `${door.name.replaceAll('/', '.')}.rule`, {
        description: door.file,
        schedule: Schedule.rate(lasting[door.unit](door.every)),
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
      });
      queues.workedBy(this, door, lambdaFor);
    }
  }
}
