import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';

type Reached = { client: () => SFNClient; machine: () => string };
export type ExecutionState = 'running' | 'ended' | 'absent';

/**
 * The executions of one state machine (`machine` is its ARN), by name. A name is good for one
 * execution, so that starting it again has no effect.
 */
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
