import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { appendOnly } from '#lib/aws/append-only.ts';
import { busOn } from '#lib/aws/bus.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { executionsOn } from '#lib/aws/executions.ts';
import { objectsOn, s3Client } from '#lib/aws/objects.ts';
import { parkingIn } from '#lib/aws/parked-table.ts';
import { queuesOn, sqsClient } from '#lib/aws/queues.ts';
import { patientSdk, sdk } from '#lib/aws/sdk.ts';
import { signerOn } from '#lib/aws/signer.ts';
import { systemClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { once } from '#lib/once.ts';
import type { Platform } from '#wiring/platform.ts';
import { type Deployment, findDeployment } from './deployment.ts';
import { scanOn } from './scan.ts';
import { say } from './terminal.ts';

export type QueueUrls = { url: string; deadLetters: string };

/**
 * Values for the settings that a sync copies. The execution that a command starts replaces all of
 * them, except when the watchdog first looks.
 */
const assumed: Record<string, number> = {
  ...{ WATCHDOG_SECONDS: 120, WAIT_SECONDS: 5, REFUSED_COMMITS: 3, BATCH_LEG_SECONDS: 30 },
};

/** The commands' platform and queues, on the deployment that the caller names. */
export async function openTools({ stack }: { stack: string }) {
  const deployment = await findDeployment(stack);
  say(`Working on ${deployment.where}.`);
  return toolsOf(deployment);
}

export type Tools = ReturnType<typeof toolsOf>;

type Known = Pick<
  Platform,
  | 'clock'
  | 'newId'
  | 'table'
  | 'deadLetters'
  | 'ledger'
  | 'objects'
  | 'bus'
  | 'queues'
  | 'executions'
  | 'signer'
  | 'settings'
>;

function toolsOf({ aws, outputs }: Deployment) {
  const output = (name: string) => {
    const value = outputs[name];
    if (!value) throw new Error(`The stack has no output ${name}: deploy it again.`);
    return value;
  };
  const client = dynamoClient(aws);
  const call = sdkCalls(client);
  const sqs = sqsClient({ ...patientSdk, ...aws });
  const events = new EventBridgeClient({ ...sdk, ...aws });
  const machines = new SFNClient({ ...sdk, ...aws });
  const tableIn = (name: string) => dynamoTable({ call, name: output(name) });
  const queueUrls: Record<string, QueueUrls> = JSON.parse(output('Queues'));
  const urlOf = (name: string) => {
    const queue = queueUrls[name];
    if (!queue) throw new Error(`This stack has no queue ${name}.`);
    return queue.url;
  };
  const table = tableIn('TableName');
  const settings = (name: string): number => {
    const value = name === 'SETTLE_MARGIN_SECONDS' ? Number(output('SettleMarginSeconds')) : assumed[name];
    if (value === undefined) throw new Error(`The commands do not know the setting ${name}.`);
    return value;
  };
  const parked = tableIn('ParkedTableName');
  const platform: Known = {
    ...{ clock: systemClock, newId, settings, table },
    deadLetters: parkingIn(parked),
    ledger: appendOnly(tableIn('LedgerTableName')),
    objects: objectsOn({ client: once(() => s3Client(aws)), bucket: () => output('BatchesName') }),
    bus: busOn({ client: () => events, name: () => output('BusName') }),
    queues: queuesOn({ client: () => sqs, urlOf }),
    executions: executionsOn({ client: () => machines, machine: () => output('MachineArn') }),
    signer: signerOn({
      client: once(() => new KMSClient({ ...sdk, ...aws })),
      key: () => output('SigningKey'),
    }),
  };
  return {
    ...platform,
    ...{ store: { table, clock: systemClock }, sqs, queueUrls, urlOf },
    parked,
    scanTable: scanOn(client, output('TableName')),
    scanParked: scanOn(client, output('ParkedTableName')),
    systems: output('Systems').split(','),
  };
}
