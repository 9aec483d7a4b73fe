import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { env } from './env.ts';
import { once } from './once.ts';
import { sdk } from './sdk.ts';

type Reached = { client: () => SFNClient; machine: () => string };
export type ExecutionState = 'running' | 'ended' | 'absent';

/** The executions of one state machine (`machine` is its ARN), by name. A name is good for one execution, so that starting it again is the same start. */
export const executionsOn = ({ client, machine }: Reached) => ({
  async startExecution(name: string, input: object): Promise<void> {
    try {
      await client().send(
        new StartExecutionCommand({ stateMachineArn: machine(), name, input: JSON.stringify(input) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },

  async describeExecution(name: string): Promise<ExecutionState> {
    const executionArn = `${machine().replace(':stateMachine:', ':execution:')}:${name}`;
    try {
      const { status } = await client().send(new DescribeExecutionCommand({ executionArn }));
      return status === 'RUNNING' ? 'running' : 'ended';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'absent';
      throw error;
    }
  },
});

/** The deployed product's syncs, from a function's environment. */
export const sagaExecutions = /* @__PURE__ */ executionsOn({
  client: /* @__PURE__ */ once(() => new SFNClient(sdk)),
  machine: () => env('MACHINE'),
});
