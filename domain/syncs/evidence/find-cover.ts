import { minuteAfter } from '#domain/syncs/ledger/minutes.ts';
import type { AppendOnly } from '#lib/aws/append-only.ts';
import { inclusionProof } from '#lib/proof/merkle.ts';
import { type Head, leafOfHead } from './checkpoint.ts';
import { checkpointOf, headsUnder, lateMinutes, newestCheckpoints, type Signed } from './checkpoints.ts';

/**
 * A checkpoint that covers a sync up to `head`, and the proof of that head in its tree; `path` in
 * hex, from the bottom up.
 */
export type Cover = { checkpoint: Signed; head: Head; index: number; path: string[] };
/** The fields of a ledger page that say where to look. */
type Page = { minute: string; seq: number };

/**
 * The checkpoint that covers most rows of a sync; undefined if its first minute is not closed yet.
 * Each page's minute leads to its checkpoint.
 */
export async function findCover(
  ledger: AppendOnly,
  outsideToken: string,
  pages: Page[],
): Promise<Cover | undefined> {
  const [newest] = await newestCheckpoints(ledger, 1);
  const byMinute = [...Map.groupBy(pages, ({ minute }) => minute.slice(0, 16))].sort(([one], [other]) =>
    one < other ? 1 : -1,
  );
  for (const [minute, recorded] of newest ? byMinute : []) {
    const wanted = Math.max(...recorded.map(({ seq }) => seq));
    let best: Cover | undefined;
    // A page that came too late for its own checkpoint is in one of the next.
    for (let late = 0; late <= lateMinutes && (best?.head.seq ?? 0) < wanted; late++) {
      const at = minuteAfter(minute, late);
      const checkpoint =
        at === newest!.said.minute ? newest : at < newest!.said.minute && (await checkpointOf(ledger, at));
      const cover = checkpoint && (await coverIn(ledger, outsideToken, checkpoint));
      if (cover && cover.head.seq > (best?.head.seq ?? 0)) best = cover;
    }
    if (best) return best;
  }
  return undefined;
}

async function coverIn(
  ledger: AppendOnly,
  outsideToken: string,
  checkpoint: Signed,
): Promise<Cover | undefined> {
  const heads = await headsUnder(ledger, checkpoint.said.root);
  const index = heads.findIndex((head) => head.outside_token === outsideToken);
  const head = heads[index];
  return (
    head && {
      checkpoint,
      head,
      index,
      path: inclusionProof(heads.map(leafOfHead), index).map((node) => node.toString('hex')),
    }
  );
}
