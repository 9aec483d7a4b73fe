import {
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

const over = [TaskTimedOut, TaskDoesNotExist, InvalidToken];

/**
 * The callers' state machines that wait for a task token. `over`: the task has ended, timed out or
 * never existed.
 */
export const tasksOn = ({ client }: { client: () => SFNClient }) => ({
  async sendSuccess(token: string, output: object): Promise<'answered' | 'over'> {
    try {
      await client().send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      return 'answered';
    } catch (error) {
      if (over.some((kind) => error instanceof kind)) return 'over';
      throw error;
    }
  },
});
