import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept/accept-sync.ts';
import { receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { recoverSync } from '#domain/syncs/recovery/recover-sync.ts';
import { runWatchdog } from '#domain/syncs/recovery/watchdog.ts';
import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { commitSync, continueSync, parkSync, prepareSync, rollbackSync } from '#domain/syncs/saga/phases.ts';
import { undoSync } from '#domain/syncs/undo/undo-sync.ts';
import type { Platform } from '#wiring/platform.ts';
import { sagaToolsOn } from '#wiring/saga.ts';
import {
  acceptingToolsOn,
  recoveringToolsOn,
  syncToolsOn,
  undoingToolsOn,
  watchdogToolsOn,
} from '#wiring/syncs.ts';
import type { Hooked } from './partners.ts';

const steps = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
export type Conductor = keyof typeof steps;
export type Wanted = {
  tenant: string;
  syncId: string;
  delta: number;
  deadlineMs: number;
  onCommitFailure: 'retry' | 'compensate';
};

/**
 * The product's functions on the platform of a process. `arrived`: the time of the first request.
 */
export const functions = {
  async accept(on: Platform, { delta, deadlineMs, ...wanted }: Wanted, arrived: number): Promise<string> {
    const command: AcceptSync = {
      ...{ ...wanted, route: 'syncs', asked: {}, deadline: arrived + deadlineMs },
      ...understood('benefit_adjusted', { state: 'OH', delta_usd: delta }),
    };
    const { replayed } = await acceptSync(command, acceptingToolsOn(on));
    return replayed ? 'replayed' : 'accepted';
  },
  undo: async (on: Platform, tenant: string, syncId: string): Promise<string> =>
    (await undoSync({ tenant, syncId, by: 'its caller' }, undoingToolsOn(on))).state,
  receiveAnswer: (on: Platform, said: Hooked) => receiveAnswer(said, syncToolsOn(on)),
  runStep: (on: Platform, name: Conductor, input: Execution) => steps[name](input, sagaToolsOn(on)),
  recover: (on: Platform, input: Execution) => recoverSync(input, recoveringToolsOn(on)),
  watchdog: (on: Platform) => runWatchdog(watchdogToolsOn(on)),
};
