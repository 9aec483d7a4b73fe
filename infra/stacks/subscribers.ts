import { type EventPattern, Match, type RuleProps } from 'aws-cdk-lib/aws-events';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ofKind, type SubscriberDoor } from '#infra/read/doors.ts';
import type { House } from '#infra/read/house.ts';
import { type Fed, feed } from './feeding.ts';
import type { LambdaFor } from './lambda-for.ts';

/**
 * functions/subscribers/: a rule on our bus or on the default bus, a queue and a worker each, so
 * that a slow or broken subscriber delays no other.
 */
export class Subscribers extends Construct {
  readonly fed: Fed[];

  constructor(scope: Construct, id: string, house: House, lambdaFor: LambdaFor) {
    super(scope, id);
    this.fed = ofKind(house.doors, 'subscriber').map((door) => {
      const fed = feed(this, house.queues.of(door), heardBy(door, house));
      house.queues.workedBy(this, door, lambdaFor);
      return fed;
    });
  }
}

const heardBy = (door: SubscriberDoor, { bus, machine }: House): RuleProps => {
  if (!door.hears.aws) return { eventBus: bus, eventPattern: patternOf(door) };
  if (!machine)
    throw new Error(`${door.file}: there is no state machine to hear of; functions/saga is empty`);
  return { eventPattern: givenUp(machine) };
};

/**
 * Step Functions publishes to the default bus only, best effort. The watchdog finds the executions
 * whose event was lost.
 */
const givenUp = ({ stateMachineArn }: StateMachine): EventPattern => ({
  source: ['aws.states'],
  detailType: ['Step Functions Execution Status Change'],
  detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [stateMachineArn] },
});

/** Only plain values and prefixes: every engine evaluates those alike. */
const patternOf = ({ hears }: SubscriberDoor): EventPattern => {
  const source = ['lockstep'];
  if (hears.type) return { source, detailType: [hears.type] };
  return hears.prefix ? { source, detailType: Match.prefix(hears.prefix) } : { source };
};
