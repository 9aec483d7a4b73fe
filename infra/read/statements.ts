import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { openIndex, recordedIndex } from '#infra/stacks/tables.ts';
import type { Bundle } from './bundle-cache.ts';
import type { Door } from './doors.ts';
import { systemsReached } from './environment.ts';
import { grantsOf, jobsOf, type Tool } from './grants.ts';
import type { House } from './house.ts';

/**
 * The IAM statements of a door's grants: each action on exactly the resources that its tool
 * reaches. A tool that reaches none is left out.
 */
export const statementsFor = (house: House, door: Door, { texts }: Bundle): PolicyStatement[] => {
  const grants = grantsOf(texts);
  const reach = reachOf(house, door, texts);
  return Object.entries(grants)
    .flatMap(([tool, actions]) =>
      actions.map((action) => ({ actions: [action], resources: reach(tool as Tool, action) })),
    )
    .filter(({ resources }) => resources.length > 0)
    .map((statement) => new PolicyStatement(statement));
};

const reachOf = (house: House, door: Door, texts: Bundle['texts']) => {
  const sent = jobsOf(door.file, texts);
  const { tables, batches, queues, bus, adapters, machine } = house;
  const resources: Record<Tool, () => string[]> = {
    table: () => [tables.table.tableArn],
    index: () => [`${tables.table.tableArn}/index/${openIndex}`],
    recorded: () => [`${tables.ledger.tableArn}/index/${recordedIndex}`],
    parked: () => [tables.parked.tableArn],
    ledger: () => [tables.ledger.tableArn],
    queues: () => queues.jobs.filter(({ name }) => sent.includes(name)).map(({ queue }) => queue.queueArn),
    bus: () => [bus.eventBusArn],
    adapters: () => adapters.map(({ target }) => target.functionArn),
    executions: () => (machine ? [machine.stateMachineArn] : []),
    tasks: () => [inSteps(house, 'stateMachine', '*')],
    secrets: () => secretsOf(house, door, texts),
    objects: () => [batches.bucket.arnForObjects('*')],
    uploads: () => [batches.bucket.arnForObjects('uploads/*')],
    signer: () => [house.signing.key.keyArn],
  };
  return (tool: Tool, action: string): string[] => {
    if (action === 'states:DescribeExecution')
      return machine ? [inSteps(house, 'execution', `${machine.stateMachineName}:*`)] : [];
    // Without ListBucket, S3 answers 403 instead of 404 for an absent object. No function may
    // change an upload.
    if (action === 's3:ListBucket') return [batches.bucket.bucketArn];
    if (tool === 'objects' && action === 's3:PutObject')
      return ['inline/*', 'results/*'].map((keys) => batches.bucket.arnForObjects(keys));
    return resources[tool]();
  };
};

/** A caller's own state machine may wait for a sync; only its task token says which one. */
const inSteps = ({ bus }: House, resource: string, resourceName: string) =>
  Stack.of(bus).formatArn({
    service: 'states',
    resource,
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** The secrets of a door's systems. AWS appends a hyphen and six characters to each name. */
const secretsOf = (house: House, door: Door, texts: Bundle['texts']) => {
  const { bus } = house;
  const reached = systemsReached(house, door, texts);
  const names = new Set(reached.flatMap(({ manifest }) => Object.values(manifest.secrets)));
  const arnOf = (name: string) =>
    Stack.of(bus).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [...names].sort().map(arnOf);
};
