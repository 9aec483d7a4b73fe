import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Door } from './doors.ts';
import type { Plan } from './house.ts';

/** The kinds of door that work from a queue. */
const workers: Door['kind'][] = ['job', 'subscriber', 'schedule'];

/** Gives each function below `scope` what the setting keeps for its door. Stops the synth, by name, at what would not work. */
export const reserveConcurrency = (
  scope: Construct,
  { doors, settings }: Pick<Plan, 'doors' | 'settings'>,
) => {
  refuseUnknown(doors, Object.keys(settings.reservedConcurrency));
  const functions = scope.node.findAll().filter((each) => each instanceof CfnFunction);
  for (const door of doors) {
    const reserved = reservedFor(door, settings.reservedConcurrency);
    if (reserved === undefined) continue;
    const { kind, file } = door;
    // A queue hands out as many batches as it may, and SQS counts a throttled one as an attempt.
    if (workers.includes(kind) && reserved < settings.workerConcurrency)
      throw new Error(
        `setting reservedConcurrency: ${file} would get ${reserved}, and its queue gives out ${settings.workerConcurrency} at once (workerConcurrency)`,
      );
    for (const each of functions.filter(({ description }) => description === file))
      each.reservedConcurrentExecutions = reserved;
  }
};

/** The value of the longest name that is the door's, or that of a folder around it. */
const reservedFor = ({ name }: Door, reserved: Record<string, number>): number | undefined => {
  const [longest] = Object.keys(reserved)
    .filter((given) => covers(given, name))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : reserved[longest];
};

const covers = (given: string, name: string) => name === given || name.startsWith(`${given}/`);

const refuseUnknown = (doors: Door[], given: string[]) => {
  const unknown = given.find((each) => !doors.some(({ name }) => covers(each, name)));
  if (unknown !== undefined)
    throw new Error(
      `setting reservedConcurrency: functions/${unknown} is neither a door nor a folder of doors`,
    );
};
