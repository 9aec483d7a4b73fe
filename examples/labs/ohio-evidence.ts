import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './caller.ts';
import type { Scene } from './ohio-scene.ts';
import type { Payments } from './payments.ts';

const everyMs = 5_000;
type Row = { system: string; action: string; result: string };
type Bundle = { rows: Row[]; covered_rows: number };
const bundleIn = ({ body }: Answer) => body as Bundle;
const isSigned = (answer: Answer) => answer.status === 200 && bundleIn(answer).covered_rows === bundleIn(answer).rows.length;

/**
 * The bundle of one payment, checked by the command line in a process of its own, which sees nothing but the file. Checkpoints come by the minute, so it may
 * not be signed to its end yet: that is waited for no longer than so many ms, and then it is said how far it is.
 */
export async function theEvidence({ story, publisher, stage, id }: Scene, batch: Payments, waitMs: number): Promise<void> {
  const item = batch.idOf(batch.picked);
  story.show('curl -H "Authorization: Bearer $KEY" \\');
  story.show(`  "$API/api/v1/syncs/${id}/evidence?item=${item}" > bundle.json`);
  const fetched = () => publisher('GET', `/api/v1/syncs/${id}/evidence?item=${item}`);
  const bundle = await signed(fetched, waitMs);
  story.claim('200: the rows, the receipts, and the way from the payment to what was accepted', bundle.status === 200, bundle.body);
  const { rows, covered_rows } = bundleIn(bundle);
  story.tell(`${covered_rows} of ${rows.length} rows are signed so far; a checkpoint comes within three minutes.`);
  const verify = verifierOf(stage);

  story.show('npx lockstep verify bundle.json');
  const { code, text } = await verify(bundle.text);
  for (const line of text.trim().split('\n')) story.tell(line);
  if (covered_rows === rows.length) story.claim('everything in it is good', code === 0, text);
  else
    story.claim(
      'it is chained, and from the first row on that nobody has signed yet it vouches for nothing',
      code === 1 && /good: .*chained/.test(text) && text.includes(`Row ${covered_rows + 1} `),
      text,
    );

  const forged = structuredClone(bundleIn(bundle));
  const row = forged.rows.find(({ system, action }) => system === 'debit' && action === 'commit');
  if (row) row.result = 'refused';
  const found = await verify(JSON.stringify(forged));
  story.tell(`With one word changed in the file: ${found.text.trim().split('\n').at(-1)}`);
  story.claim('it names the row that was changed', found.code === 1 && found.text.includes('debit commit'), found.text);
}

async function signed(fetched: () => Promise<Answer>, waitMs: number): Promise<Answer> {
  for (const deadline = Date.now() + waitMs; ; await sleep(everyMs)) {
    const bundle = await fetched();
    if (isSigned(bundle) || Date.now() + everyMs > deadline) return bundle;
  }
}

const verifierOf =
  ({ lockstep }: Scene['stage']) =>
  async (text: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-'));
    try {
      const file = join(folder, 'bundle.json');
      await writeFile(file, text);
      return await lockstep('verify', file);
    } finally {
      await rm(folder, { recursive: true });
    }
  };
