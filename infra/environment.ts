import { ofKind } from './doors.ts';
import type { Tool } from './grants.ts';
import type { House } from './house.ts';
import { versionsOf } from './routes.ts';
import { settingsAsEnvironment, upperSnake } from './settings.ts';

/**
 * The environment of a function: each variable whose name its bundle spells out in quotes, the endpoint of each system whose manifest it
 * contains, and the job queues if it sends. So a new commit or setting redeploys only the functions that tell it.
 */
export const environmentOf = (
  house: House,
  bundle: Map<string, string>,
  grants: Partial<Record<Tool, string[]>>,
): Record<string, string> => {
  const text = [...bundle.values()].join('\n');
  const spelled = Object.entries(variablesOf(house)).filter(([name]) => text.includes(`'${name}'`));
  const endpoints = house.systems.filter(({ file }) => bundle.has(file)).map(({ variable, endpoint }) => [variable, endpoint]);
  const queues = grants.queues ? house.queues.jobs.map(({ name, queue }) => [queueVariable(name), queue.queueUrl]) : [];
  return Object.fromEntries([...spelled, ...endpoints, ...queues]);
};

const variablesOf = ({ tables, bus, doors, commit, version, settings }: House): Record<string, string> => ({
  TABLE: tables.table.tableName,
  PARKED: tables.parked.tableName,
  BUS: bus.eventBusName,
  VERSIONS: versionsOf(ofKind(doors, 'route').filter(({ area }) => area === 'api'))
    .map((version) => `v${version}`)
    .join(','),
  COMMIT: commit,
  VERSION: version,
  ...settingsAsEnvironment(settings),
});

/** `payment.settle` → `QUEUE_PAYMENT_SETTLE`. */
const queueVariable = (job: string) => `QUEUE_${upperSnake(job).replaceAll(/[.-]/g, '_')}`;
