import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Door } from '#infra/read/doors.ts';
import { environmentOf } from '#infra/read/environment.ts';
import { grantsOf } from '#infra/read/grants.ts';
import type { House } from '#infra/read/house.ts';
import { statementsFor } from '#infra/read/statements.ts';

type Size = { timeoutSeconds: number; memoryMb: number };

/**
 * Timeouts by kind.
 * Route: below the gateway's 29 s, above the longest `wait=`.
 * Saga: it asks several adapters, each twice if need be; the state machine gives it a minute.
 * Adapter: it works on a batch for up to half of that, and its last call may take ten seconds.
 * Every other kind has a queue or a stream behind it.
 */
const seconds: Partial<Record<Door['kind'], number>> = { route: 28, saga: 55, adapter: 45 };
const usual = (door: Door): Size => ({
  timeoutSeconds: seconds[door.kind] ?? 15,
  memoryMb: 512,
});

/** Doors with another size, and the reason. */
export const deviations: Record<string, Partial<Size> & { reason: string }> = {
  'api/v1/syncs.[syncId].evidence.get': {
    memoryMb: 1769,
    reason:
      'proves one item of up to a million, so it reads and hashes them all while an auditor waits: as much as to check them',
  },
  'api/v1/syncs.post': {
    memoryMb: 1769,
    reason:
      'reads and checks up to a million items while their publisher waits: so much memory comes with a whole processor',
  },
  'streams/relay': {
    timeoutSeconds: 60,
    reason:
      'a batch of 100 records, told one destination after the other, each with the time limits of the SDK',
  },
};

/** `also` is what the trigger needs, such as permission to read from its queue. */
export type LambdaFor = (scope: Construct, door: Door, also?: PolicyStatement[]) => Lambda;

/** Turns a door into a function: its runtime, size, bundle, log, role and environment. */
export const lambdasOf =
  (house: House): LambdaFor =>
  (scope, door, also = []) => {
    const bundle = house.bundles.get(door.file);
    if (!bundle) throw new Error(`${door.file} is in no bundle`);
    const { timeoutSeconds, memoryMb } = { ...usual(door), ...deviations[door.name] };
    const id = door.name.replaceAll('/', '.');
    return new Lambda(scope, id, {
      description: door.file,
      code: Code.fromAsset(bundle.folder, { assetHash: bundle.hash }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      environment: environmentOf(house, door, bundle, grantsOf(bundle.texts)),
      logGroup: house.logs,
      role: roleFor(scope, id, [...statementsFor(house, door, bundle), ...also, logging(house.logs)]),
    });
  };

const roleFor = (scope: Construct, id: string, statements: PolicyStatement[]) =>
  new Role(scope, `${id}.role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { grants: new PolicyDocument({ statements, minimize: true }) },
  });

const logging = (logGroup: LogGroup) =>
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
