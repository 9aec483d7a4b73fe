import { Construct } from 'constructs';
import { ofKind } from '#infra/read/doors.ts';
import type { House } from '#infra/read/house.ts';
import type { LambdaFor } from './lambda-for.ts';

/** functions/jobs/: a worker for each job type, fed by its queue. */
export class Jobs extends Construct {
  constructor(scope: Construct, id: string, { doors, queues }: House, lambdaFor: LambdaFor) {
    super(scope, id);
    for (const door of ofKind(doors, 'job')) queues.workedBy(this, door, lambdaFor);
  }
}
