import type { Sync } from '#domain/syncs/sync.ts';
import type { Phase } from '#systems/protocol.ts';
import type { SagaPhase } from './phase.ts';
import { commit } from './phases/commit.ts';
import { prepare } from './phases/prepare.ts';
import { rollback } from './phases/rollback.ts';

/** The phases of the saga: the files of phases/ by their name. */
export const sagaPhases: Record<Phase, SagaPhase> = { prepare, commit, rollback };

/** The phase that the sync is in, or stopped in. */
export const phaseOf = (sync: Sync): Phase =>
  (Object.values(sagaPhases).find(({ isDue }) => isDue(sync)) as SagaPhase).name;
