import { readLedger } from '#domain/syncs/ledger/ledger.ts';
import { brokenAt, type Row } from '#domain/syncs/ledger-chain.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import { appendOnly } from '#lib/aws/append-only.ts';
import { booksAgree, nothingTwice } from './checkers-books.ts';
import { callsAreValid } from './checkers-calls.ts';
import { everyEventIsPublished, projectionsAgree } from './checkers-events.ts';
import { type Stage, syncsIn, type Written } from './stage.ts';

/** Every invariant of a history. Each violation is a sentence; an empty list is a pass. */
export async function violationsOf(stage: Stage): Promise<string[]> {
  const ledgers = await Promise.all(syncsIn(stage.table).map((sync) => ledgerIsWhole(stage, sync)));
  const found = [
    everySyncEnds,
    decidedOnce,
    definiteVotesStay,
    everyEventIsPublished,
    projectionsAgree,
    nothingTwice,
    booksAgree,
    callsAreValid,
  ];
  return [
    ...found.flatMap((checker) => checker(stage)),
    ...ledgers.flat(),
    ...stage.cloud.parked,
    ...stage.machine.endless,
  ];
}

const nameOf = ({ pk }: { pk: string }) => pk.replace('#sync', '').slice(0, 14);

/** At rest each sync has ended, or is parked with a cause; no process returns to an ended one. */
function everySyncEnds({ table }: Stage): string[] {
  return syncsIn(table).flatMap((sync) => {
    const { state, parked, openShard } = sync;
    if (isEnded(sync))
      return openShard === undefined
        ? []
        : [`${nameOf(sync)}: has ended as ${state}, and would be looked at again`];
    if (state !== 'parked') return [`${nameOf(sync)}: ${state} for ever`];
    return parked?.why ? [] : [`${nameOf(sync)}: parked without a cause`];
  });
}

/**
 * A decision changes by its own write and by its own epoch: an abort is final, a commit can only
 * be undone, and commit needs every vote to be a valid yes.
 */
function decidedOnce({ writes }: Stage): string[] {
  return writes.flatMap(({ before, image, epoch }) => {
    const [from, to] = [before?.decision?.to, image.decision?.to];
    const name = nameOf(image);
    const found: string[] = [];
    if (from !== to && from !== undefined && !(from === 'commit' && to === 'undo'))
      found.push(`${name}: ${from} was turned into ${to}`);
    if (from !== to && to === 'commit')
      found.push(...unready(image).map((why) => `${name}: decided to commit ${why}`));
    if (
      before &&
      epoch !== undefined &&
      before.epoch !== epoch &&
      (from !== to || before.state !== image.state) &&
      isOpen(image)
    )
      found.push(
        `${name}: a conductor of epoch ${epoch} made ${image.state} of ${before.state}, in epoch ${before.epoch}`,
      );
    if (before?.state === 'committed' && image.state !== 'committed' && to !== 'undo')
      found.push(`${name}: committed became ${image.state}`);
    return found;
  });
}

/** A late yes may reopen a sync, from any source. */
const isOpen = ({ event, eventV, v }: Sync): boolean => !(event.type === 'sync.woken' && eventV === v);

function unready({ plan, parts, decision, deadline }: Sync): string[] {
  const at = decision?.at ?? 0;
  const votes = plan.systems
    .filter(({ prepare }) => prepare !== 'none')
    .map(({ name }) => ({ name, ...parts[name]?.prepare }));
  return [
    ...votes.filter(({ vote }) => vote !== 'yes').map(({ name, vote }) => `although ${name} said ${vote}`),
    ...votes
      .filter(({ validUntil = Number.POSITIVE_INFINITY }) => at >= validUntil)
      .map(({ name }) => `after the yes of ${name} was over`),
    ...(at >= deadline ? ['after its deadline'] : []),
  ];
}

/**
 * A definite answer stays: a yes, and a no to prepare. Only a rollback that missed a yes is
 * repeated.
 */
function definiteVotesStay({ writes }: Stage): string[] {
  return writes.flatMap(({ before, image }: Written) =>
    Object.entries(before?.parts ?? {}).flatMap(([system, part]) =>
      (['prepare', 'commit'] as const).flatMap((phase) => {
        const [was, is] = [part[phase]?.vote, image.parts[system]?.[phase]?.vote];
        const definite = was === 'yes' || (was === 'no' && phase === 'prepare');
        return definite && was !== is
          ? [`${nameOf(image)}: ${system} said ${was} to ${phase}, and that became ${is}`]
          : [];
      }),
    ),
  );
}

/** The chain is whole, ends at the item's head, and has every row of every write. */
async function ledgerIsWhole({ ledger, writes }: Stage, sync: Sync): Promise<string[]> {
  const rows = (await readLedger(
    appendOnly(ledger),
    sync.tenant,
    outsideTokenOf(sync.tenant, sync.syncId),
  )) as Row[];
  const broken = brokenAt(rows);
  const made = writes.filter(({ image }) => image.pk === sync.pk).flatMap(({ image }) => image.rows);
  return [
    ...(broken ? [`${nameOf(sync)}: the ledger is broken at row ${broken.seq}`] : []),
    ...(rows.at(-1)?.hash === sync.head && rows.length === sync.seq
      ? []
      : [`${nameOf(sync)}: the ledger ends at ${rows.length} of ${sync.seq}`]),
    ...(made.length === rows.length
      ? []
      : [`${nameOf(sync)}: ${made.length} rows were made, ${rows.length} are there`]),
  ];
}
