import type { Lab } from './lab.ts';
import { theItem, theTotals } from './ohio-batch-books.ts';
import { watchBatch } from './ohio-batch-watch.ts';
import { theComparison } from './ohio-comparison.ts';
import { type Cost, costOf } from './ohio-cost.ts';
import { theEvidence } from './ohio-evidence.ts';
import { theLedger } from './ohio-ledger.ts';
import { onScene, type Scene } from './ohio-scene.ts';
import { pressUndo, thePlan } from './ohio-undo.ts';
import { sendBatch } from './ohio-upload.ts';
import { counted, dollars, numbered, type Payments, payments } from './payments.ts';
import { quiet } from './story.ts';

/** From this many items on, the lab also waits for the checkpoint that signs the last rows. */
const manyItems = 1_000;
const checkpointMs = 200_000;

/** A batch through the same three systems, after a batch of one to compare its cost with. */
export const batching = (items: number): Lab => ({
  title: `A batch in Ohio: ${counted(items, 'payment')}, one token`,
  play: (stage, story) =>
    onScene(stage, story, async (scene) => {
      story.chapter('First a batch of one, to compare with');
      story.tell('It is sent twice. The first run also fills caches, and is not counted.');
      await committed({ ...scene, story: quiet(story) }, payments(1));
      const one = await committed(scene, payments(1));
      await pressUndo(one.scene);
      await undone(one.scene, payments(1));

      const batch = payments(items);
      story.chapter(`${counted(items, 'payment')} of $25.00 each: ${dollars(batch.amount_minor)}`);
      const many = await committed(scene, batch);
      story.chapter('Control totals');
      await theTotals(many.scene, batch, 'committed');
      story.chapter('The ledger');
      const rows = await theLedger(many.scene, 'success');
      story.chapter(`Payment ${numbered(batch.picked)} of ${numbered(items)}`);
      await theItem(many.scene, batch, { loaded: 1, reversed: 0 });
      story.chapter('What it has cost');
      theComparison(story, one.cost, many.cost, items);
      await theUndo(many.scene, batch, rows.length);
      story.chapter('Evidence that can be verified offline');
      await theEvidence(many.scene, batch, items < manyItems ? 0 : checkpointMs);
    }),
});

/**
 * Sends the batch and watches it until every system has committed. Returns its cost until then.
 */
async function committed(scene: Scene, batch: Payments): Promise<{ scene: Scene; cost: Cost }> {
  const { story } = scene;
  const since = Date.now();
  const mine = { ...scene, id: await sendBatch(scene, batch) };
  const sync = await watchBatch(mine, batch.count, 'committed', 'parked', 'rolled_back');
  story.claim('committed: all three systems have the whole batch', sync.state === 'committed', sync);
  if (sync.state !== 'committed')
    throw new Error(`It is ${sync.state}: ${sync.parked?.reason ?? sync.decision?.reason}.`);
  return { scene: mine, cost: await costOf(mine, sync, since) };
}

async function undone(scene: Scene, batch: Payments): Promise<void> {
  const sync = await watchBatch(scene, batch.count, 'undone', 'parked');
  scene.story.claim('undone', sync.state === 'undone', sync);
}

async function theUndo(scene: Scene, batch: Payments, read: number): Promise<void> {
  const { story } = scene;
  story.chapter('It was a mistake: the plan of an undo');
  await thePlan(scene);
  story.chapter('Undo');
  await pressUndo(scene);
  await undone(scene, batch);
  await theLedger(scene, 'undone', read);
  await theTotals(scene, batch, 'rolled-back');
  await theItem(scene, batch, { loaded: 1, reversed: 1 });
}
