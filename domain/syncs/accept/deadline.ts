import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { invalid } from '#lib/http/parse.ts';
import type { AcceptSyncTools } from './accept-sync.ts';

const longestMs = 30 * 86_400_000;

type Asked = { tenant: string; syncId: string; deadline?: number | undefined };

/**
 * Refuses a deadline (ms) that has passed or is too far off. A repeat may come after it: its sync
 * exists, and is returned.
 */
export async function checkDeadline(
  { tenant, syncId, deadline }: Asked,
  { syncs, clock }: Pick<AcceptSyncTools, 'syncs' | 'clock'>,
): Promise<void> {
  if (deadline === undefined) return;
  const left = deadline - clock.now();
  if (left > longestMs) throw invalid([{ pointer: '/deadline', detail: 'At most 30 days from now.' }]);
  if (left <= 0 && !(await syncs.read(tenant, outsideTokenOf(tenant, syncId))))
    throw invalid([{ pointer: '/deadline', detail: 'The deadline has passed.' }]);
}
