import { parseKey } from '#domain/keys.ts';
import type { Execution } from '#domain/syncs/saga/coordinator.ts';
import { shards } from '#domain/syncs/saga/transitions.ts';
import type { State } from '#domain/syncs/sync.ts';
import { everyItem } from '#lib/aws/projection.ts';
import type { Table } from '#lib/aws/table.ts';

export type OpenSync = Execution & { state: State; waitingFor: string[]; due: number };

/** Every open sync in the sparse index, which may be a moment stale. */
export async function* openSyncs({ table }: { table: Table }): AsyncGenerator<OpenSync> {
  for (const shard of shards) {
    const items = everyItem((from) =>
      table.queryIndex({ label: 'read-open', index: 'Open', pk: shard, ...from }),
    );
    for await (const { pk, sk, epoch, state, waitingFor, due } of items) {
      const { tenant, id: outsideToken } = parseKey({ pk, sk });
      yield {
        tenant,
        outsideToken,
        epoch: Number(epoch),
        state: state as State,
        waitingFor: (waitingFor as string[]) ?? [],
        due: Number(due),
      };
    }
  }
}
