import { expect, it } from 'vitest';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { syncData } from '#events/sync-data.ts';
import { syncWorld } from './syncs-world.ts';

it('the event of a sync’s end has a latency of 0 when its clock is behind that of its acceptance', async () => {
  const world = syncWorld();
  await world.accept();
  await world.rest();
  const sync = await world.sync();
  const said = syncData.parse(syncEventData({ ...sync, endedAt: sync.acceptedAt - 700 }));
  expect(said.sync_latency_ms).toBe(0);
});
