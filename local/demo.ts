import { apiKeysOn, roles } from '#domain/access/api-keys.ts';
import { listKeys, revokeKey } from '#domain/access/change-keys.ts';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import type { Store } from '#lib/aws/table.ts';
import { newId } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { issueKey } from './issue-key.ts';

export const demo = 'demo';
export const demoSlots = [42, 43];

/**
 * A key of each role for the tenant `demo`, except `system`. Keys of an earlier start are revoked,
 * because their secrets are lost.
 */
export async function demoKeys(store: Store): Promise<Record<string, string>> {
  const tools = { accesses: apiKeysOn(store), clock: store.clock, newId };
  const live = (await listKeys(demo, tools)).filter(({ revokedAt }) => !revokedAt);
  for (const { id } of live) await revokeKey({ tenant: demo, id }, tools);
  const keys: Record<string, string> = {};
  for (const role of roles.filter((each) => each !== 'system'))
    keys[role] = await issueKey(store, demo, role);
  return keys;
}

/** A few slots to begin with. An existing slot stays as it is. */
export async function makeDemoSlots(store: Store): Promise<void> {
  for (const slot of demoSlots) {
    const startsAt = `2027-01-15T09:${slot}:00.000Z`;
    const command = {
      tenant: demo,
      slot,
      change: newId(),
      site: 'Main Street Clinic',
      startsAt,
      price: { amount: 0, currency: 'USD' },
    };
    await putSlot(command, store).catch((error: unknown) => {
      if (!(error instanceof Problem && error.code === 'precondition-required')) throw error;
    });
  }
}
