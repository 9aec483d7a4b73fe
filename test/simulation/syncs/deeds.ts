import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept-sync.ts';
import type { Conducting } from '#domain/syncs/conduct.ts';
import { commitSync, continueSync, parkSync, prepareSync, rollbackSync } from '#domain/syncs/conductors.ts';
import { recoverSync } from '#domain/syncs/recover-sync.ts';
import { receiveAnswer } from '#domain/syncs/recovery/receive-answer.ts';
import { runWatchdog } from '#domain/syncs/recovery/watchdog.ts';
import { undoSync } from '#domain/syncs/undo-sync.ts';
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

const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
export type Conductor = keyof typeof conductors;
export type Wanted = {
  tenant: string;
  token: string;
  delta: number;
  deadlineMs: number;
  onCommitFailure: 'retry' | 'compensate';
};

/** What each function of the product does, on the platform of its process. `arrived`: when it was first asked for. */
export const deeds = {
  async accept(on: Platform, { delta, deadlineMs, ...wanted }: Wanted, arrived: number): Promise<string> {
    const command: AcceptSync = {
      ...{ ...wanted, route: 'syncs', asked: {}, deadline: arrived + deadlineMs },
      ...understood('benefit_adjusted', { state: 'OH', delta_usd: delta }),
    };
    const { replayed } = await acceptSync(command, acceptingToolsOn(on));
    return replayed ? 'replayed' : 'accepted';
  },
  undo: async (on: Platform, tenant: string, token: string): Promise<string> =>
    (await undoSync({ tenant, token, by: 'its caller' }, undoingToolsOn(on))).state,
  hear: (on: Platform, said: Hooked) => receiveAnswer(said, syncToolsOn(on)),
  conduct: (on: Platform, name: Conductor, input: Conducting) => conductors[name](input, sagaToolsOn(on)),
  recover: (on: Platform, input: Conducting) => recoverSync(input, recoveringToolsOn(on)),
  watch: (on: Platform) => runWatchdog(watchdogToolsOn(on)),
};
