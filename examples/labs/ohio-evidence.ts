import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './caller.ts';
import { countdown } from './countdown.ts';
import type { Scene } from './ohio-scene.ts';
import type { Payments } from './payments.ts';
import type { Story } from './story.ts';

const everyMs = 5_000;
type Row = { system: string; action: string; result: string };
type Bundle = { rows: Row[]; covered_rows: number };
const bundleIn = ({ body }: Answer) => body as Bundle;
const isSigned = (answer: Answer) =>
  answer.status === 200 && bundleIn(answer).covered_rows === bundleIn(answer).rows.length;

/**
 * Verifies the bundle of one payment by the command line, in a process that has only the file. If
 * the checkpoint of its last rows is not there within this many ms, the lab says so and verifies
 * the rest.
 */
export async function theEvidence(
  { story, publisher, stage, id }: Scene,
  batch: Payments,
  waitMs: number,
): Promise<void> {
  const item = batch.idOf(batch.picked);
  story.show(`ID=${id}`);
  story.show('curl -H "Authorization: Bearer $KEY" \\');
  story.show(`  "$API/api/v1/syncs/$ID/evidence?item=${item}" > bundle.json`);
  const bundle = await signed(
    story,
    () => publisher('GET', `/api/v1/syncs/${id}/evidence?item=${item}`),
    waitMs,
  );
  story.claim(
    '200: the rows, the receipts, and the Merkle path of the payment',
    bundle.status === 200,
    bundle.body,
  );

  const verify = verifierOf(stage);
  story.show('npx lockstep verify bundle.json');
  const { code, text } = await verify(bundle.text);
  for (const line of text.trim().split('\n')) story.tell(line);
  const once = ['debit', 'cheques'].every((name) => text.includes(`${name}: loaded once, reversed once`));
  story.claim(`${item} was loaded once and reversed once, at the systems that take single items`, once, text);
  if (isSigned(bundle)) story.claim('every check of the bundle passes', code === 0, text);
  else
    story.claim(
      'all other checks pass; the last rows are not signed yet',
      code === 1 && !text.includes('WRONG'),
      text,
    );

  await theForgery(story, verify, bundleIn(bundle));
}

/** Changes one word of the bundle, as an attacker with access to the file could. */
async function theForgery(
  story: Story,
  verify: ReturnType<typeof verifierOf>,
  bundle: Bundle,
): Promise<void> {
  const forged = structuredClone(bundle);
  const row = forged.rows.find(({ system, action }) => system === 'debit' && action === 'commit');
  if (row) row.result = 'refused';
  const found = await verify(JSON.stringify(forged));
  story.tell(`With one word changed in the file: ${found.text.trim().split('\n').at(-1)}`);
  story.claim(
    'it names the row that was changed',
    found.code === 1 && found.text.includes('debit commit'),
    found.text,
  );
}

async function signed(story: Story, fetched: () => Promise<Answer>, waitMs: number): Promise<Answer> {
  let bundle = await fetched();
  const { rows, covered_rows } = bundleIn(bundle);
  if (bundle.status !== 200 || isSigned(bundle)) return bundle;
  const last = `${covered_rows} of its ${rows.length} rows are signed so far.`;
  if (waitMs === 0) {
    story.tell(
      `${last} The checkpoint that signs the others comes within three minutes: get the bundle again then. The lab verifies the rest now.`,
    );
    return bundle;
  }
  story.tell(
    `${last} A checkpoint signs them, one to three minutes after they were written. This lab waits for it.`,
  );
  const left = countdown({ seconds: waitMs / 1000 });
  for (const deadline = Date.now() + waitMs; !isSigned(bundle) && Date.now() < deadline; ) {
    for (const next = Date.now() + everyMs; Date.now() < next; await sleep(1_000)) left.draw();
    bundle = await fetched();
  }
  left.end();
  return bundle;
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
