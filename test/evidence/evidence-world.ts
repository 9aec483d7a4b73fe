import { makeCheckpoints } from '#domain/syncs/evidence/make-checkpoints.ts';
import { showEvidence } from '#domain/syncs/evidence/show-evidence.ts';
import { ledgerOn } from '#domain/syncs/ledger/ledger.ts';
import { memoryLedger } from '#table/memory-ledger.ts';
import { memoryObjects } from '#table/memory-objects.ts';
import { memoryTable } from '#table/memory-table.ts';
import { batchSync, receiptsOf, syncId, tenant } from './batch-sync.ts';
import { signerInMemory } from './signer.ts';

export const origin = 'lockstep/Ledger';
const always = 'attribute_exists(#pk) OR attribute_not_exists(#pk)';

/** A ledger with its relay, checkpoints and a bucket, on a manual clock. */
export function evidenceWorld() {
  let now = Date.parse('2027-01-15T08:00:20Z');
  const clock = { now: () => now };
  const [table, ledger, objects, signer] = [memoryTable(), memoryLedger(), memoryObjects(), signerInMemory()];
  const tools = { ledger, clock, signer, origin };
  const { record } = ledgerOn({ ledger, clock });
  return {
    ...{ clock, table, ledger, objects, signer, tools, record },
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    turn: () => makeCheckpoints(tools),
    show: (item?: string) => showEvidence({ tenant, syncId, item }, { store: { table }, ledger, objects }),
  };
}

export type EvidenceWorld = ReturnType<typeof evidenceWorld>;

/** A batch that three systems committed and rolled back, recorded over some minutes and signed. */
export async function undoneBatch(receipts = receiptsOf) {
  const w = evidenceWorld();
  await w.turn();
  const sync = await batchSync(w.objects, w.clock.now);
  const relay = async () => {
    for (const image of sync.images()) {
      await w.table.putItem({ label: 'seed', item: image, condition: always });
      await w.record([image]);
    }
  };
  sync.accept();
  sync.prepare();
  await relay();
  w.pass(70);
  await sync.phase('commit', receipts);
  sync.end('success');
  await relay();
  w.pass(70);
  await sync.phase('rollback', receipts);
  sync.end('undone');
  await relay();
  w.pass(180);
  await w.turn();
  return { ...w, sync, relay };
}
