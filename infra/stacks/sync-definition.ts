import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '#infra/read/settings.ts';

type Retry = { ErrorEquals: string[] } & Record<string, unknown>;
/** One state of the Amazon States Language: the fields that stacks and tests read. */
export type State = {
  Type: string;
  Next?: string;
  Default?: string;
  End?: boolean;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: Retry[];
  Catch?: { Next: string; ErrorEquals: string[] }[];
  Choices?: { Next: string }[];
};
export type Definition = { Comment?: string; StartAt: string; States: Record<string, State> };

/** Parking is the last resort, so its retries are not a setting. */
const parkingAttempts = 20;

const read = (root: string): Definition =>
  JSON.parse(readFileSync(join(root, 'state-machines/sync.asl.json'), 'utf8'));

/** The tasks by their names in the definition, which are those of functions/saga capitalised. */
export const sagaTasks = (root: string): string[] =>
  Object.entries(read(root).States).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : []));

/** The definition of state-machines/ with the operator's retry settings in every `Retry`. */
export const syncDefinition = (root: string, settings: Settings): Definition => {
  const definition = read(root);
  const states = Object.entries(definition.States).map(([name, state]) => {
    const attempts = name === 'Park' ? parkingAttempts : settings.retryAttempts;
    return [
      name,
      state.Retry
        ? { ...state, Retry: state.Retry.map((each) => ({ ...each, ...patience(settings, attempts) })) }
        : state,
    ];
  });
  return { ...definition, States: Object.fromEntries(states) };
};

const patience = (settings: Settings, attempts: number) => ({
  IntervalSeconds: settings.retrySeconds,
  BackoffRate: settings.retryBackoff,
  MaxAttempts: attempts,
  MaxDelaySeconds: settings.retryMaxSeconds,
  JitterStrategy: 'FULL',
});
