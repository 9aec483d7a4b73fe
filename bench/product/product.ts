import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/office-books.ts';
import { type Ended, machineOf } from '#bench/task-runner.ts';
import { readApiKeys } from '#domain/access/api-keys.ts';
import type { Image } from '#domain/relay/relay.ts';
import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept/accept-sync.ts';
import { beginUpload } from '#domain/syncs/batches/begin-upload.ts';
import { uploadKey } from '#domain/syncs/batches/upload-id.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { commitSync, continueSync, parkSync, prepareSync, rollbackSync } from '#domain/syncs/saga/phases.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import type { Definition } from '#infra/stacks/sync-definition.ts';
import { appendOnly } from '#lib/aws/append-only.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { BatchItem } from '#systems/protocol.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { memoryTable } from '#table/memory-table.ts';
import { platformOf } from '#test/platform.ts';
import { settingsOf } from '#test/settings.ts';
import type { Platform } from '#wiring/platform.ts';
import { sagaToolsOn } from '#wiring/saga.ts';
import { batchAcceptingToolsOn } from '#wiring/syncs.ts';
import { adaptersOf } from './adapters.ts';
import { relayOn } from './relay.ts';

export const tenant = 'acme';
const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
type Given = { cloud: Cloud; definition: Definition; offices: Offices; systems: Manifest[] };

/**
 * Lockstep with meters: its operations, conductors, adapters, relay and subscribers, each in the
 * function that deploys it.
 */
export function lockstep({ cloud, definition, offices, systems }: Given) {
  const { clock } = cloud;
  const ledger = memoryTable();
  const table = memoryTable({ onWrite: (image) => relay.wrote(image as Image) });
  const bucket = memoryObjects({ pieceBytes: 65_536 });
  const runs: Ended[] = [];
  let minted = 0;
  const newId = () => `attempt-${++minted}`;
  const run = machineOf(definition, cloud);
  const named = async (name: string) => systems.find((system) => system.name === name) as Manifest;
  /** The platform of one function: its calls count on that function's meter. */
  const metered = (self: Actor): Platform =>
    platformOf({
      ...{ clock, newId, table: self.table(table), ledger: appendOnly(self.table(ledger)) },
      ...{ objects: self.objects(bucket), wait: cloud.sleep },
      outside: (call) => cloud.outside(() => offices.outside(call)),
      settings: settingsOf({ BATCH_LEG_SECONDS: 10 }),
      systems: { names: () => systems.map(({ name }) => name), load: named },
    });
  const adapters = adaptersOf({ cloud, offices, platformOf: metered });
  // A warm door has stored the manifests already.
  const { keep } = batchAcceptingToolsOn(metered(cloud.actor('warm')));

  async function execute(input: object): Promise<void> {
    const tasks = Object.entries(conductors).map(([name, conduct]) => {
      const task = (data: object) =>
        cloud.invoke(`saga ${name}`, (self) =>
          conduct(data as Execution, sagaToolsOn({ ...metered(self), adapters: adapters(self) })),
        );
      return [name, task] as const;
    });
    const ended = await run(input as Record<string, unknown>, Object.fromEntries(tasks));
    if (ended.failed) throw new Error(ended.failed);
    cloud.actor('machine').spend('transition', ended.path.length);
    runs.push(ended);
  }
  const relay = relayOn({ cloud, platformOf: metered, start: execute });

  return {
    ...{ runs, rest: relay.rest },
    /**
     * Begins an upload and PUTs the items as lines of JSON, as a publisher does. Returns the
     * sync's `items` field.
     */
    async upload(key: string, items: BatchItem[]): Promise<{ upload: string }> {
      const gateway = cloud.actor('gateway');
      gateway.spend('request');
      gateway.spend('objectPut');
      const amount_minor = items.reduce((sum, item) => sum + item.amount_minor, 0);
      const asked = { tenant, key, count: items.length, amount_minor, gzip: false };
      const place = await cloud.until(
        cloud.invoke('upload door', async (self) => {
          await readApiKeys({ table: self.table(table) }, tenant);
          return beginUpload(asked, { objects: self.objects(bucket), clock });
        }),
      );
      bucket.arrive(
        uploadKey(tenant, place.upload_id),
        items.map((item) => `${JSON.stringify(item)}\n`).join(''),
      );
      return { upload: place.upload_id };
    },
    /** One request to the API. */
    accept(syncId: string, more: Partial<AcceptSync> = {}): Promise<unknown> {
      cloud.actor('gateway').spend('request');
      const said = understood('benefit_adjusted', { state: 'OH', delta_usd: 25 });
      const command = {
        tenant,
        syncId,
        route: 'syncs',
        ...said,
        onCommitFailure: 'retry' as const,
        asked: {},
        ...more,
      };
      return cloud.until(
        cloud.invoke('door', async (self) => {
          const platform = metered(self);
          await readApiKeys(platform, tenant);
          return acceptSync(command, { ...batchAcceptingToolsOn(platform), keep });
        }),
      );
    },
    sync: (syncId: string) =>
      table.peek({ pk: `${tenant}#sync#${outsideTokenOf(tenant, syncId)}`, sk: 'sync' }) as Sync | undefined,
  };
}
