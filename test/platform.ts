import { memoryObjects } from '#table/memory-objects.ts';
import { memoryTable } from '#table/memory-table.ts';
import type { Platform } from '#wiring/platform.ts';
import { settingsOf } from './settings.ts';

/** A call that a test has not said anything about. */
const absent = (name: string) => async (): Promise<never> =>
  Promise.reject(new Error(`This test has brought no ${name}`));

/**
 * The platform in memory: tables, a bucket, settings of cdk.json. What a test does not bring is empty, and whatever leaves
 * the house fails until it is brought.
 */
export function platformOf(own: Partial<Platform> & Pick<Platform, 'clock'>): Platform {
  let minted = 0;
  return {
    wait: absent('wait'),
    newId: () => `attempt-${++minted}`,
    random: () => 0.5,
    table: memoryTable(),
    deadLetters: memoryTable(),
    ledger: memoryTable(),
    origin: 'lockstep/Ledger',
    objects: memoryObjects(),
    outside: absent('line over HTTP'),
    sftp: absent('line to files'),
    bus: { publish: absent('bus') },
    queues: { send: absent('queues') },
    executions: { start: absent('executions'), state: absent('executions') },
    tasks: { succeed: absent('tasks') },
    adapters: { ask: absent('adapters') },
    signer: { sign: absent('signer'), publicKey: absent('signer') },
    settings: settingsOf(),
    systems: { names: () => [], load: absent('systems') },
    measure: () => {},
    warn: () => {},
    ...own,
  };
}

/** A clock that is turned by hand. */
export function handClock(start = Date.parse('2027-01-15T08:00:00Z')) {
  let now = start;
  return {
    clock: { now: () => now },
    pass: (ms: number): void => {
      now += ms;
    },
  };
}
