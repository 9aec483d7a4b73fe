import { expect, it } from 'vitest';
import { syncEventData } from '#domain/syncs/sync-outbox.ts';
import { syncData } from '#events/sync-data.ts';
import { syncWorld } from './syncs-world.ts';

it('the end of a sync is told although the clock of who ended it is behind the clock of who accepted it', async () => {
  const world = syncWorld();
  await world.accept();
  await world.rest();
  const sync = await world.sync();
  const said = syncData.parse(syncEventData({ ...sync, endedAt: sync.acceptedAt - 700 }));
  expect(said.sync_latency_ms).toBe(0);
});
