import { type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ofKind, type SubscriberDoor } from './doors.ts';
import type { House } from './house.ts';
import type { LambdaFor } from './lambda-for.ts';

/** functions/subscribers/: a rule on our bus, a queue and a worker each, so that a slow or broken one disturbs nobody else. */
export class Subscribers extends Construct {
  constructor(scope: Construct, id: string, { doors, queues, bus }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    for (const door of ofKind(doors, 'subscriber')) {
      const { queue, deadLetters } = queues.of(door);
      new Rule(this, `${door.name.replaceAll('/', '.')}.rule`, {
        description: door.file,
        eventBus: bus,
        eventPattern: patternOf(door),
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
      });
      queues.workedBy(this, door, lambdaFor);
    }
  }
}

/** Only plain values and prefixes: what every engine evaluates alike. */
const patternOf = ({ hears }: SubscriberDoor): EventPattern => {
  const source = ['lockstep'];
  if (hears.type) return { source, detailType: [hears.type] };
  return hears.prefix ? { source, detailType: Match.prefix(hears.prefix) } : { source };
};
