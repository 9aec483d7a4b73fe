import type { Sync } from '#domain/syncs/sync.ts';
import { Problem } from '#lib/problem.ts';
import type { Execution, RestingSystems, Tools } from './coordinator.ts';

export async function look(
  { tenant, outsideToken }: Execution,
  { syncs, circuits }: Tools,
): Promise<{ read: Sync; resting: RestingSystems }> {
  const { sync, beside } = await syncs.readBeside(tenant, outsideToken, circuits.keys);
  return { read: known(sync), resting: circuits.resting(beside) };
}

export async function find(
  { tenant, outsideToken }: Execution,
  { syncs }: Pick<Tools, 'syncs'>,
): Promise<Sync> {
  return known(await syncs.read(tenant, outsideToken));
}

function known(sync: Sync | undefined): Sync {
  if (!sync) throw new Problem('not-found', { detail: 'There is no such sync.' });
  return sync;
}
