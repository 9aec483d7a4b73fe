import type { Execution as Conducting } from '#domain/syncs/saga/coordinator.ts';
import type { ExecutionState } from '#lib/aws/executions.ts';
import type { World } from '#test/simulation/engine/world.ts';
import { execute } from '#test/syncs/execution-runner.ts';

export type Execution = { name: string; input: Conducting; alive: boolean; path: string[]; entered: number };
type Tools = {
  world: World;
  /** Runs a task's function. It settles when the function has answered or crashed. */
  task: (name: string, input: Conducting) => Promise<object>;
  /** Called as an execution enters a state. */
  entered: (execution: Execution, state: string) => void;
  /** Called for each failed or stopped execution. */
  failed: (input: Conducting) => void;
};

const taskMs = 60_000;
/** An execution's history may have 25,000 events. */
const mostStates = 4_000;

/**
 * Step Functions: it never crashes, a name starts one execution, a task times out though its
 * process may run on, and an execution can be stopped.
 */
export function machineOn({ world, task, entered, failed }: Tools) {
  const executions = new Map<string, Execution>();
  const endless: string[] = [];

  /** Settles only while the execution lives. */
  const whileAlive = <T>(execution: Execution, state: string, begin: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!execution.alive || execution.entered > mostStates) return;
      if (execution.entered === mostStates)
        endless.push(`${execution.input.tenant}: an execution goes round and round`);
      execution.path.push(state);
      execution.entered += 1;
      entered(execution, state);
      if (!execution.alive) return;
      begin().then(
        (value) => execution.alive && resolve(value),
        (error) => execution.alive && reject(error),
      );
    });

  const timed = (name: string, input: Conducting): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      world.after(taskMs, () => reject(new Error('States.Timeout')));
      task(name, input).then((result) => resolve(result as Record<string, unknown>), reject);
    });

  function run(execution: Execution): void {
    const over = () => {
      execution.alive = false;
    };
    execute(execution.input, {
      task: (name, data) => whileAlive(execution, name, () => timed(name, data as Conducting)),
      wait: (seconds) =>
        whileAlive(
          execution,
          'Wait',
          () => new Promise((resolve) => world.after(seconds * 1000, () => resolve(undefined))),
        ),
      attempts: 12,
      intervalSeconds: 2,
    }).then(over, () => {
      over();
      failed(execution.input);
    });
  }

  return {
    executions,
    endless,
    start(name: string, input: object): void {
      if (executions.has(name)) return;
      const execution = { name, input: input as Conducting, alive: true, path: [], entered: 0 };
      executions.set(name, execution);
      world.after(5, () => run(execution));
    },
    state(name: string): ExecutionState {
      const execution = executions.get(name);
      if (!execution) return 'absent';
      return execution.alive ? 'running' : 'ended';
    },
    stop(execution: Execution): void {
      if (!execution.alive) return;
      execution.alive = false;
      failed(execution.input);
    },
  };
}

export type Machine = ReturnType<typeof machineOn>;
