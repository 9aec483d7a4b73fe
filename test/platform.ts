import { parkingIn } from '#lib/aws/parked-table.ts';
import type { Platform } from '#wiring/platform.ts';
import { settingsOf } from './settings.ts';
import { memoryLedger } from './table/memory-ledger.ts';
import { memoryObjects } from './table/memory-objects.ts';
import { memoryTable } from './table/memory-table.ts';

/** Rejects a call for which the test has brought nothing. */
const absent = (name: string) => async (): Promise<never> =>
  Promise.reject(new Error(`This test has brought no ${name}`));

/**
 * The platform in memory: tables, a bucket, and the settings of cdk.json. Parts that a test does
 * not bring are empty, and calls to the outside fail.
 */
export function platformOf(own: Partial<Platform> & Pick<Platform, 'clock'>): Platform {
  let minted = 0;
  return {
    wait: absent('wait'),
    newId: () => `attempt-${++minted}`,
    random: () => 0.5,
    table: memoryTable(),
    deadLetters: parkingIn(memoryTable()),
    ledger: memoryLedger(),
    origin: 'lockstep/Ledger',
    objects: memoryObjects(),
    outside: absent('line over HTTP'),
    sftp: absent('line to files'),
    bus: { putEvents: absent('bus') },
    queues: { sendMessages: absent('queues') },
    executions: { startExecution: absent('executions'), describeExecution: absent('executions') },
    tasks: { sendSuccess: absent('tasks') },
    adapters: { invokeAdapter: absent('adapters') },
    signer: { signBytes: absent('signer'), readPublicKey: absent('signer') },
    settings: settingsOf(),
    systems: { names: () => [], load: absent('systems') },
    measure: () => {},
    warn: () => {},
    ...own,
  };
}

/** A clock that the test advances. */
export function handClock(start = Date.parse('2027-01-15T08:00:00Z')) {
  let now = start;
  return {
    clock: { now: () => now },
    pass: (ms: number): void => {
      now += ms;
    },
  };
}
