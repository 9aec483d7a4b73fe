import { ExecutionDoesNotExist, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { executionName } from '#domain/syncs/sync-outbox.ts';
import { type Reach, sdk } from '#lib/aws/sdk.ts';

type Where = { aws: Reach; machine: string };

/**
 * The states that a sync's execution of this epoch has entered, in order, from its history in Step
 * Functions; undefined without an execution.
 */
export async function statesEntered(
  { aws, machine }: Where,
  of: { tenant: string; outsideToken: string; epoch: number },
): Promise<string[] | undefined> {
  const client = new SFNClient({ ...sdk, ...aws });
  const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${executionName(of)}`;
  const entered: string[] = [];
  try {
    for (let token: string | undefined, first = true; first || token; first = false) {
      const asked = { executionArn, maxResults: 1_000, ...(token && { nextToken: token }) };
      const { events = [], nextToken } = await client.send(new GetExecutionHistoryCommand(asked));
      entered.push(...events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []));
      token = nextToken;
    }
    return entered;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
