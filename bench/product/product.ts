import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import { type Ended, machineOf } from '#bench/machine.ts';
import type { Offices } from '#bench/offices.ts';
import { readAccess } from '#domain/access/read-access.ts';
import { beginUpload } from '#domain/batches/begin-upload.ts';
import { pinBatchOn } from '#domain/batches/pin-batch.ts';
import { uploadKey } from '#domain/batches/upload-id.ts';
import { keepResultOn } from '#domain/keeping.ts';
import { keepManifestsOn } from '#domain/participants/keep-manifests.ts';
import { standingsOn } from '#domain/participants/standings.ts';
import type { Image } from '#domain/publishing/relay-images.ts';
import { type AcceptSync, acceptSync, understood } from '#domain/syncs/accept-sync.ts';
import type { Conducting, Tools } from '#domain/syncs/conduct.ts';
import { commitSync, continueSync, parkSync, prepareSync, rollbackSync } from '#domain/syncs/conductors.ts';
import { manifestDigest } from '#domain/syncs/plan-sync.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { syncsOn } from '#domain/syncs/syncs.ts';
import { wireOf } from '#domain/syncs/token.ts';
import type { Definition } from '#infra/sync-definition.ts';
import type { BatchItem } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { memoryTable } from '#table/memory-table.ts';
import { askingOn } from './adapters.ts';
import { relayOn } from './relay.ts';

export const tenant = 'acme';
const conductors = {
  Prepare: prepareSync,
  Commit: commitSync,
  Rollback: rollbackSync,
  Continue: continueSync,
  Park: parkSync,
};
const limits = { watchdogMs: 120_000, waitMs: 5_000, refusedCommits: 3, legMs: 10_000 };
type Given = { cloud: Cloud; definition: Definition; offices: Offices; systems: Manifest[] };

/** Lockstep on the meters: its own operations, conductors, adapters, relay and subscribers, each as the function that it is when deployed. */
export function lockstep({ cloud, definition, offices, systems }: Given) {
  const { clock } = cloud;
  const ledger = memoryTable();
  const table = memoryTable({ onWrite: (image) => relay.wrote(image as Image) });
  const bucket = memoryObjects({ pieceBytes: 65_536 });
  const runs: Ended[] = [];
  let minted = 0;
  const newId = () => `attempt-${++minted}`;
  const run = machineOf(definition, cloud);
  const asking = askingOn({ cloud, offices, systems, table, bucket });
  const kept = keepManifestsOn({ table: cloud.actor('warm').table(table), digestOf: manifestDigest });

  const toolsOf = (self: Actor): Tools => {
    const store = { table: self.table(table), clock };
    const names = systems.map(({ name }) => name);
    return {
      ...{
        clock,
        newId,
        limits,
        ask: asking(self),
        keepResult: keepResultOn({ objects: self.objects(bucket) }),
      },
      ...{ syncs: syncsOn({ table: store.table, newId }), standings: standingsOn(store, names) },
    };
  };

  async function execute(input: object): Promise<void> {
    const tasks = Object.entries(conductors).map(([name, conduct]) => {
      const task = (data: object) =>
        cloud.invoke(`saga ${name}`, (self) => conduct(data as Conducting, toolsOf(self)));
      return [name, task] as const;
    });
    const ended = await run(input as Record<string, unknown>, Object.fromEntries(tasks));
    if (ended.failed) throw new Error(ended.failed);
    cloud.actor('machine').spend('transition', ended.path.length);
    runs.push(ended);
  }
  const relay = relayOn({ cloud, table: () => table, ledger, start: execute });

  return {
    ...{ runs, rest: relay.rest },
    /** The request for a place, and the publisher's own PUT of so many lines of JSON. Answers what a sync names. */
    async upload(key: string, items: BatchItem[]): Promise<{ upload: string }> {
      const gateway = cloud.actor('gateway');
      gateway.spend('request');
      gateway.spend('objectPut');
      const amount_minor = items.reduce((sum, item) => sum + item.amount_minor, 0);
      const asked = { tenant, key, count: items.length, amount_minor, gzip: false };
      const place = await cloud.until(
        cloud.invoke('upload door', async (self) => {
          await readAccess({ table: self.table(table) }, tenant);
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
    accept(token: string, more: Partial<AcceptSync> = {}): Promise<unknown> {
      cloud.actor('gateway').spend('request');
      const said = understood('benefit_adjusted', { state: 'OH', delta_usd: 25 });
      const command = {
        tenant,
        token,
        route: 'syncs',
        ...said,
        onCommitFailure: 'retry' as const,
        asked: {},
        ...more,
      };
      return cloud.until(
        cloud.invoke('door', async (self) => {
          const store = self.table(table);
          await readAccess({ table: store }, tenant);
          const pin = pinBatchOn({ objects: self.objects(bucket) });
          const plans = {
            systems: async () => systems,
            keep: kept,
            answer: async () => {},
            deadlineMs: 3_600_000,
            pin,
          };
          return acceptSync(command, { ...toolsOf(self), ...plans });
        }),
      );
    },
    sync: (token: string) =>
      table.peek({ pk: `${tenant}#sync#${wireOf(tenant, token)}`, sk: 'sync' }) as Sync | undefined,
  };
}
