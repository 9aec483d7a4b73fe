import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { woken } from '#domain/syncs/saga/transitions.ts';
import type { Limits } from '#domain/syncs/sync.ts';
import { executionName } from '#domain/syncs/sync-outbox.ts';
import type { Syncs } from '#domain/syncs/syncs.ts';
import type { Clock } from '#lib/clock.ts';

type Executions = { describeExecution(name: string): Promise<'running' | 'ended' | 'absent'> };
export type RecoverTools = { syncs: Syncs; executions: Executions; clock: Clock; limits: Limits };

/**
 * Replaces an execution that ended or never started while its sync is open by a new epoch,
 * conditional on the epoch that was read. A running execution is left alone, whatever its age, and
 * a parked sync stays parked.
 */
export async function recoverSync(
  conducting: Execution,
  { syncs, executions, clock, limits }: RecoverTools,
): Promise<'running' | 'woken' | 'left'> {
  const { tenant, outsideToken, epoch } = conducting;
  if ((await executions.describeExecution(executionName(conducting))) === 'running') return 'running';
  const sync = await syncs.read(tenant, outsideToken);
  if (!sync || sync.epoch !== epoch) return 'left';
  const written = await syncs.change(sync, 'wake', (now) =>
    now.state === 'parked' ? undefined : woken(now, epoch, 'its execution had ended', clock.now(), limits),
  );
  return written.epoch > epoch ? 'woken' : 'left';
}
