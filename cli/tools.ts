import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SFNClient } from '@aws-sdk/client-sfn';
import { ledgerOn } from '#domain/ledger/ledger.ts';
import { appendOnly } from '#lib/append-only.ts';
import { busOn } from '#lib/bus.ts';
import { systemClock } from '#lib/clock.ts';
import { dynamoClient, sdkCalls } from '#lib/dynamo-client.ts';
import { dynamoTable } from '#lib/dynamo-table.ts';
import { executionsOn } from '#lib/executions.ts';
import { objectsOn, s3Client } from '#lib/objects.ts';
import { once } from '#lib/once.ts';
import { queuesOn, sqsClient } from '#lib/queues.ts';
import { patientSdk, sdk } from '#lib/sdk.ts';
import { signerOn } from '#lib/signer.ts';
import { type Deployment, findDeployment } from './deployment.ts';
import { scanOn } from './scan.ts';
import { say } from './terminal.ts';

export type QueueUrls = { url: string; deadLetters: string };

/** What the commands work with, on the deployment that this caller means: its tables, queues and bus. */
export async function openTools({ stack }: { stack: string }) {
  const deployment = await findDeployment(stack);
  say(`Working on ${deployment.where}.`);
  return toolsOf(deployment);
}

export type Tools = ReturnType<typeof toolsOf>;

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
  const ledger = appendOnly(dynamoTable({ call, name: output('LedgerTableName') }));
  const queues: Record<string, QueueUrls> = JSON.parse(output('Queues'));
  const urlOf = (name: string) => {
    const queue = queues[name];
    if (!queue) throw new Error(`This stack has no queue ${name}.`);
    return queue.url;
  };
  return {
    clock: systemClock,
    store: { table: dynamoTable({ call, name: output('TableName') }), clock: systemClock },
    parked: dynamoTable({ call, name: output('ParkedTableName') }),
    scanTable: scanOn(client, output('TableName')),
    scanParked: scanOn(client, output('ParkedTableName')),
    queues,
    urlOf,
    sqs,
    jobs: queuesOn({ client: () => sqs, urlOf }),
    ledger,
    systems: output('Systems').split(','),
    record: ledgerOn({ ledger, clock: systemClock }).record,
    executions: executionsOn({ client: () => machines, machine: () => output('MachineArn') }),
    objects: objectsOn({ client: once(() => s3Client(aws)), bucket: () => output('BatchesName') }),
    signer: signerOn({
      client: once(() => new KMSClient({ ...sdk, ...aws })),
      key: () => output('SigningKey'),
    }),
    bus: busOn({ client: () => events, name: () => output('BusName') }),
    marginMs: Number(output('SettleMarginSeconds')) * 1000,
  };
}
