import definition from '#machines/sync.asl.json' with { type: 'json' };

type State = {
  Type: string;
  Next?: string;
  End?: boolean;
  Default?: string;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Retry?: object[];
  Catch?: { Next: string; ResultPath: string }[];
};
type Data = Record<string, unknown>;
/**
 * Runs the tasks of an execution by name (`Prepare`), and its waits. Attempts and intervals are
 * as infra sets them.
 */
export type Machinery = {
  task: (name: string, input: Data) => Promise<Data>;
  wait: (seconds: number) => Promise<void>;
  attempts: number;
  intervalSeconds: number;
};
export const states: Record<string, State> = definition.States;

/** The execution was stopped from outside, which no Retry or Catch handles. */
export class Stopped extends Error {}

/**
 * Runs the deployed definition state by state, and returns the states entered. Each retry of a
 * task counts as a transition.
 */
export async function execute(
  input: Data,
  { task, wait, attempts, intervalSeconds }: Machinery,
): Promise<string[]> {
  const path: string[] = [];
  let data = input;
  for (let name: string | undefined = definition.StartAt; name; ) {
    const state = states[name] as State;
    let next = state.Next;
    path.push(name);
    if (state.Type === 'Wait') await wait(Number(data.seconds));
    if (state.Type === 'Choice')
      next = state.Choices?.find(({ StringEquals }) => StringEquals === data.next)?.Next ?? state.Default;
    if (state.Type === 'Task') {
      const result = await tried(name, data);
      if (result) data = result;
      else next = state.Catch?.[0]?.Next;
      if (!result && !next) throw new Error(`${name} failed for good`);
      if (result && state.End) return path;
    }
    name = state.Type === 'Succeed' ? undefined : next;
  }
  return path;

  async function tried(name: string, data: Data): Promise<Data | undefined> {
    for (let attempt = 0; attempt <= attempts; attempt++) {
      if (attempt > 0) {
        path.push(name);
        await wait(Math.min(intervalSeconds * 2 ** (attempt - 1), 300));
      }
      try {
        return await task(name, data);
      } catch (error) {
        if (error instanceof Stopped) throw error;
        // An outage: the task is retried.
      }
    }
    return undefined;
  }
}
