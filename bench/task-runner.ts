import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Definition } from '#infra/stacks/sync-definition.ts';
import type { VirtualTime } from './time.ts';

type Data = Record<string, unknown>;
/** Runs the task of this name. An error's class name is its name in the definition. */
export type Tasks = Record<string, (input: Data) => Promise<Data>>;
export type Ended = { path: string[]; output: Data | undefined; failed: string | undefined; ms: number };
type Time = Pick<VirtualTime, 'clock' | 'sleep'>;

/**
 * Runs a deployed Amazon States Language definition, and returns the states that it entered. Each
 * entry and each retry is a billed transition; waiting states use the given time.
 */
export function machineOf(definition: Definition, { clock, sleep }: Time) {
  const { Comment: _, ...rest } = definition;
  const waits = Object.keys(rest.States).filter((name) => rest.States[name]?.Type === 'Wait');
  const runnable = new StateMachine(JSON.parse(runnableText(rest, waits)) as StateMachineDefinition);
  const waiting = async (input: Data) => {
    await sleep(Number(input.seconds) * 1000);
    return input;
  };

  return async (input: Data, tasks: Tasks): Promise<Ended> => {
    const begun = clock.now();
    const handlers = { ...tasks, ...Object.fromEntries(waits.map((name) => [name, waiting])) };
    // Task input and output are JSON, as in Step Functions.
    const taskResourceLocalHandlers = handlers as unknown as Record<string, () => Promise<string>>;
    const { result, eventLogs } = runnable.run(input as never, {
      overrides: {
        taskResourceLocalHandlers,
        retryIntervalOverrides: Object.fromEntries(Object.keys(rest.States).map((name) => [name, 0])),
      },
    });
    const ended = await result.then(
      (output) => ({ output: output as Data, failed: undefined }),
      (error: Error) => ({ output: undefined, failed: error.message }),
    );
    const ms = clock.now() - begun;
    const path: string[] = [];
    for await (const event of eventLogs)
      if (event.type === 'StateEntered' || event.type === 'StateRetried') path.push(event.state.name);
    return { ...ended, path, ms };
  };
}

/**
 * Placeholders become ARNs, and a waiting state becomes a task, because the engine would wait in
 * real time.
 */
function runnableText(definition: object, waits: string[]): string {
  const placed = JSON.stringify(definition).replaceAll(
    /\$\{(\w+)\}/g,
    'arn:aws:lambda:us-east-1:123456789012:function:$1',
  );
  const parsed = JSON.parse(placed) as Definition;
  for (const name of waits) {
    const { Next } = parsed.States[name] ?? {};
    parsed.States[name] = {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:123456789012:function:wait',
      ...(Next && { Next }),
    };
  }
  return JSON.stringify(parsed);
}
