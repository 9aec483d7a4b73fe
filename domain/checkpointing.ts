import { env } from '#lib/env.ts';
import { deployedSigner } from '#lib/signer.ts';
import { ledgerTable, store } from '#lib/store.ts';
import { makeCheckpoints } from './evidence/make-checkpoints.ts';

/** One turn of the checkpoints of this deployment's ledger, which is called by the name of its table. */
export async function checkpoint(): Promise<string> {
  const { clock } = store();
  const tools = {
    ledger: ledgerTable(),
    clock,
    signer: deployedSigner(),
    origin: `lockstep/${env('LEDGER')}`,
  };
  const { made, upTo } = await makeCheckpoints(tools);
  return `${made} made, up to ${upTo || 'nothing'}`;
}
