import { readLedger } from '#domain/ledger/read-ledger.ts';
import { brokenAt, type Row } from '#domain/syncs/rows.ts';
import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import { wireOf } from '#domain/syncs/token.ts';
import { appendOnly } from '#lib/append-only.ts';
import { booksAgree, nothingTwice } from './checkers-books.ts';
import { callsAreFit } from './checkers-calls.ts';
import { everyEventIsTold, projectionsAgree } from './checkers-told.ts';
import { type Stage, syncsIn, type Written } from './stage.ts';

/** Everything that must hold of a history, whatever happened in it. Each violation is a sentence; none is the pass mark. */
export async function violationsOf(stage: Stage): Promise<string[]> {
  const ledgers = await Promise.all(syncsIn(stage.table).map((sync) => ledgerIsWhole(stage, sync)));
  const found = [
    everySyncEnds,
    decidedOnce,
    learntForGood,
    everyEventIsTold,
    projectionsAgree,
    nothingTwice,
    booksAgree,
    callsAreFit,
  ];
  return [
    ...found.flatMap((checker) => checker(stage)),
    ...ledgers.flat(),
    ...stage.cloud.parked,
    ...stage.machine.endless,
  ];
}

const nameOf = ({ pk }: { pk: string }) => pk.replace('#sync', '').slice(0, 14);

/** At rest each sync has ended, or waits for a person who is told why; and nobody comes back to what has ended. */
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

/** A direction is turned by a write of its own, by who may: an abort is never unwritten, a commit is only ever undone, and a decision to commit is one on votes that are there and hold. */
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

/** A yes that comes late may reopen, whoever brings it. */
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

/** What a system has said for good stays so: a yes, and a no to prepare. Only a rollback that missed a yes is taken back. */
function learntForGood({ writes }: Stage): string[] {
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

/** The chain is whole, ends where the item says, and has every row that any write has made. */
async function ledgerIsWhole({ ledger, writes }: Stage, sync: Sync): Promise<string[]> {
  const rows = (await readLedger(appendOnly(ledger), sync.tenant, wireOf(sync.tenant, sync.token))) as Row[];
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
