import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { executionName } from '#domain/syncs/sync-event.ts';
import { wireOf } from '#domain/syncs/token.ts';
import { awsClient } from '#local/aws-client.ts';
import { eventually, running } from './here.ts';

const client = new SFNClient(awsClient(running.env));

/** Stops the first execution of a sync, as somebody in the console might: no catch runs. */
export async function stopExecution(tenant: string, id: string): Promise<void> {
  const name = executionName({ tenant, wire: wireOf(tenant, id), epoch: 1 });
  const executionArn = `${(running.outputs.MachineArn ?? '').replace(':stateMachine:', ':execution:')}:${name}`;
  await eventually(
    () =>
      client.send(new StopExecutionCommand({ executionArn })).then(
        () => true,
        () => false,
      ),
    Boolean,
  );
}
