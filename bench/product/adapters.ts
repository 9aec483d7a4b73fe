import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/offices.ts';
import { openBatchOn } from '#domain/batches/open-batch.ts';
import { filesOn } from '#domain/participants/files.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { progressOn } from '#domain/participants/progress.ts';
import { restOn } from '#domain/participants/rest.ts';
import type { Asked, Heard } from '#domain/syncs/conduct.ts';
import { catalogue } from '#events/index.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import type { Objects } from '#lib/objects.ts';
import type { Outside } from '#lib/outside.ts';
import type { Lines } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { MemoryTable } from '#table/memory-table.ts';
import { fileAdapter } from '#test/syncs/file-office.ts';

type Given = { cloud: Cloud; offices: Offices; systems: Manifest[]; table: MemoryTable; bucket: Objects };

/** How a conductor asks: the adapter is a function of its own, which is invoked for each ask. */
export function askingOn({ cloud, offices, systems, table, bucket }: Given) {
  const found = async (name: string) => systems.find((system) => system.name === name) as Manifest;
  const reached: Outside = (call) => cloud.outside(() => offices.outside(call));
  const sftp: Lines['sftp'] = async (ask, phase, use) => {
    // The line carries so many items a second, once when the file is written.
    const { count = 0 } = phase === 'prepare' ? (ask.batch ?? {}) : {};
    await cloud.sleep(
      Math.floor((count * 1000) / (ask.system.batch?.itemsPerSecond ?? Number.POSITIVE_INFINITY)),
    );
    return cloud.outside(() => use(offices.files));
  };
  const files = fileAdapter(filesOn({ now: cloud.clock.now, wait: cloud.sleep }));

  const hubOf = (self: Actor, system: Manifest) =>
    participantOn(system.file ? files : rest, {
      lines: {
        rest: restOn({ outside: reached, secrets: { readSecret: async () => 'secret' } }),
        sftp,
      },
      batches: {
        open: openBatchOn({ objects: self.objects(bucket) }),
        sole: (type, payload) => catalogue.get(type)?.batch?.sole(payload as Record<string, unknown>),
        progress: progressOn({ table: self.table(table) }),
        wait: cloud.sleep,
      },
      manifests: found,
      now: cloud.clock.now,
      tell: () => {},
    });

  return (conductor: Actor) =>
    ({ system: { name, digest }, ...asked }: Asked): Promise<Heard> =>
      conductor.call('invoke', () =>
        cloud.invoke(`adapter ${name}`, async (self) =>
          hubOf(self, await found(name))({ ...asked, system: name, digest }),
        ),
      );
}
