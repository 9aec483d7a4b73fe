import {
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

const over = [TaskTimedOut, TaskDoesNotExist, InvalidToken];

/** State machines that wait for us, each with a task token. `over`: nobody waits for this one any more, or nobody ever did. */
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
