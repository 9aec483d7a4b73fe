import { named } from '#domain/keys.ts';
import type { Table } from '#lib/table.ts';
import type { Conducting } from './conduct.ts';
import type { State } from './sync.ts';
import { shards } from './turn.ts';

export type OpenSync = Conducting & { state: State; waits: string[]; due: number };

/** Every sync that somebody must still come back to, from the sparse index: it may be a moment old. */
export async function* openSyncs({ table }: { table: Table }): AsyncGenerator<OpenSync> {
  for (const shard of shards) {
    for (let after: string | undefined; ; ) {
      const page = await table.queryIndex({
        label: 'read-open',
        index: 'Open',
        pk: shard,
        ...(after && { after }),
      });
      for (const { pk, sk, epoch, state, waits, due } of page.items) {
        const { tenant, id: wire } = named({ pk, sk });
        yield {
          tenant,
          wire,
          epoch: Number(epoch),
          state: state as State,
          waits: (waits as string[]) ?? [],
          due: Number(due),
        };
      }
      after = page.last;
      if (!after) break;
    }
  }
}
