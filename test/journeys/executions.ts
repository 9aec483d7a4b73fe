import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { executionName } from '#domain/syncs/sync-outbox.ts';
import { awsClient } from '#local/aws-client.ts';
import { deliver } from './deliveries.ts';
import { eventually, running } from './running-lockstep.ts';

const client = new SFNClient(awsClient(running.env));

/** Stops the first execution of a sync, as an operator might in the console; no Catch runs. */
export async function stopExecution(tenant: string, id: string): Promise<void> {
  const name = executionName({ tenant, outsideToken: outsideTokenOf(tenant, id), epoch: 1 });
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

/**
 * Reads until it matches. Each second it sends the watchdog the message that the schedule sends
 * each minute.
 */
export const watchedUntil = <T>(read: () => Promise<T>, matches: (seen: T) => boolean): Promise<T> =>
  eventually(async () => {
    await deliver('every-1-minute.watchdog', {});
    await sleep(1_000);
    return read();
  }, matches);
