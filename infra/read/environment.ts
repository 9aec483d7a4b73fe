import type { Bundle } from './bundle-cache.ts';
import { type Door, ofKind } from './doors.ts';
import { reachOfSystem, type System } from './endpoints.ts';
import { type Grants, jobsOf } from './grants.ts';
import type { House } from './house.ts';
import { versionsOf } from './routes.ts';
import { settingsAsEnvironment, upperSnake } from './settings.ts';

/**
 * The environment of a function: each variable that its bundle names in quotes, the endpoints of
 * the systems that it calls, and the job queues and adapters if it uses them.
 * A new commit or setting so redeploys only the functions that read it.
 */
export const environmentOf = (
  house: House,
  door: Door,
  { texts }: Bundle,
  grants: Grants,
): Record<string, string> => {
  const text = Object.values(texts).join('\n');
  const spelled = Object.entries(variablesOf(house)).filter(([name]) => text.includes(`"${name}"`));
  const reached = systemsReached(house, door, texts);
  const endpoints = reached.flatMap((system) => Object.entries(reachOfSystem(system)));
  const sent = jobsOf(door.file, texts);
  const queues = house.queues.jobs
    .filter(({ name }) => sent.includes(name))
    .map(({ name, queue }) => [variableOf('QUEUE', name), queue.queueUrl]);
  const adapters = grants.adapters
    ? house.adapters.map((each) => [variableOf('ADAPTER', each.door.adapter), each.target.functionName])
    : [];
  return Object.fromEntries([...spelled, ...endpoints, ...queues, ...adapters]);
};

/**
 * The systems that a door calls: those whose manifest its bundle keeps and, for an adapter, those
 * whose manifest names it.
 */
export const systemsReached = (
  { systems }: Pick<House, 'systems'>,
  door: Door,
  texts: Bundle['texts'],
): System[] =>
  systems.filter(
    ({ file, manifest }) => file in texts || (door.kind === 'adapter' && door.adapter === manifest.adapter),
  );

/** The names of the systems that take part in syncs. */
export const participantsIn = ({ systems }: Pick<House, 'systems'>): string =>
  systems
    .filter(({ manifest }) => manifest.adapter)
    .map(({ manifest }) => manifest.name)
    .join(',');

const variablesOf = (house: House): Record<string, string> => ({
  TABLE: house.tables.table.tableName,
  PARKED: house.tables.parked.tableName,
  LEDGER: house.tables.ledger.tableName,
  SIGNING_KEY: house.signing.key.keyArn,
  BATCHES: house.batches.bucket.bucketName,
  BUS: house.bus.eventBusName,
  ...(house.machine && { MACHINE: house.machine.stateMachineArn }),
  SYSTEMS: participantsIn(house),
  VERSIONS: versionsOf(ofKind(house.doors, 'route').filter(({ area }) => area === 'api'))
    .map((version) => `v${version}`)
    .join(','),
  COMMIT: house.commit,
  VERSION: house.version,
  ...settingsAsEnvironment(house.settings),
});

/** `payment.settle` → `QUEUE_PAYMENT_SETTLE`. */
const variableOf = (prefix: string, name: string) => `${prefix}_${upperSnake(name).replaceAll(/[.-]/g, '_')}`;
