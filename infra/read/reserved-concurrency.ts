import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Door } from './doors.ts';
import type { Plan } from './house.ts';

/** The kinds of door that work from a queue. */
const workers: Door['kind'][] = ['job', 'subscriber', 'schedule'];

/**
 * Gives each function below `scope` the reserved concurrency of its door. Throws, by name, at a
 * value that would not work.
 */
export const reserveConcurrency = (
  scope: Construct,
  { doors, bundles, settings }: Pick<Plan, 'doors' | 'bundles' | 'settings'>,
) => {
  refuseUnknown(doors, Object.keys(settings.reservedConcurrency));
  const functions = scope.node.findAll().filter((each) => each instanceof CfnFunction);
  for (const door of doors) {
    const reserved =
      reservedFor(door, settings.reservedConcurrency) ?? ceilingOf(door, { bundles, settings });
    if (reserved === undefined) continue;
    const { kind, file } = door;
    // A queue delivers batches up to its own concurrency, and SQS counts a throttled one as an
    // attempt.
    if (workers.includes(kind) && reserved < settings.workerConcurrency)
      throw new Error(
        `setting reservedConcurrency: ${file} would get ${reserved}, and its queue gives out ${settings.workerConcurrency} at once (workerConcurrency)`,
      );
    for (const each of functions.filter(({ description }) => description === file))
      each.reservedConcurrentExecutions = reserved;
  }
};

/** A door waits up to the longest wait if its bundle reads that setting. */
const ceilingOf = (
  { file }: Door,
  { bundles, settings }: Pick<Plan, 'bundles' | 'settings'>,
): number | undefined => {
  const texts = Object.values(bundles.get(file)?.texts ?? {});
  const waits = texts.some((text) => text.includes('"MAX_WAIT_SECONDS"'));
  return waits ? (settings.waitingConcurrency ?? undefined) : undefined;
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
