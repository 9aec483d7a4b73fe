import { brokenAt, type Row } from '#domain/syncs/ledger-chain.ts';
import { isEnded, type Sync } from '#domain/syncs/sync.ts';
import type { LedgerRow } from '#events/ledger-row.ts';
import { type OfficeName, officeNames, officeOf } from './scripted-offices.ts';
import { outsideToken, type SyncWorld } from './syncs-world.ts';

type Looked = Pick<SyncWorld, 'sync' | 'ledger' | 'events' | 'books'>;
type Entry = { state: string; effects: Record<'prepare' | 'commit' | 'rollback' | 'release', number> };
const nothing: Entry = { state: 'absent', effects: { prepare: 0, commit: 0, rollback: 0, release: 0 } };

/**
 * Every broken invariant of a sync at rest, each as a sentence. Three independent witnesses are
 * compared: the item, the ledger, and the offices' books.
 */
export async function violationsOf(world: Looked): Promise<string[]> {
  const [sync, rows] = [await world.sync(), await world.ledger()];
  if (!sync) return ['there is no such sync'];
  const entries = officeNames.map(
    (name) =>
      [name, world.books[name].entries().find(({ token }) => token === outsideToken) ?? nothing] as const,
  );
  return [
    ...atItsEnd(sync),
    ...inTheLedger(sync, rows),
    ...inEvents(sync, rows, world.events),
    ...entries.flatMap(([name, entry]) => [...inEffects(name, entry), ...inBooks(sync, name, entry, rows)]),
  ];
}

function atItsEnd(sync: Sync): string[] {
  const { state, parked, undo, openShard: open, due } = sync;
  const found: string[] = [];
  if (!isEnded(sync) && state !== 'parked') found.push(`it came to no end: ${state}`);
  if (isEnded(sync) && open !== undefined)
    found.push(`it has ended as ${state}, and is still in the index of open syncs`);
  if (!isEnded(sync) && (open === undefined || due === undefined))
    found.push(`it is ${state}, and no process will continue it`);
  if (state === 'parked' && !parked?.why) found.push('it is parked without a cause');
  if (undo && state === 'committed') found.push('it was to be undone, and stands committed');
  return found;
}

function inTheLedger({ seq, head }: Sync, rows: LedgerRow[]): string[] {
  const broken = brokenAt(rows as Row[]);
  const found = broken ? [`the ledger's chain is broken at row ${broken.seq}`] : [];
  const last = rows.at(-1);
  if (last?.seq !== seq || last?.hash !== head)
    found.push(`the ledger ends at row ${last?.seq}, the sync at ${seq}`);
  const decisions = decisionsIn(rows);
  if (
    decisions.join() !== [...new Set(decisions)].join() ||
    /abort|undo.*commit/.test(decisions.slice(0, -1).join())
  )
    found.push(`it was decided ${decisions.join(', then ')}`);
  return found;
}

const decisionsIn = (rows: LedgerRow[]): string[] =>
  rows.filter(({ action }) => action === 'decide').map(({ result }) => result);
const endings: Record<string, string> = {
  success: 'sync.committed',
  'rolled back': 'sync.rolled_back',
  undone: 'sync.undone',
  parked: 'sync.parked',
};

/**
 * Each ending in the ledger has one event of its kind, in the same order, each with its own id.
 */
function inEvents(sync: Sync, rows: LedgerRow[], events: SyncWorld['events']): string[] {
  const published = events.filter(({ type }) => Object.values(endings).includes(type));
  const ends = rows
    .filter(({ system, result }) => system === 'lockstep' && result in endings)
    .map(({ result }) => endings[result]);
  const found: string[] = [];
  if (new Set(events.map(({ id }) => id)).size < events.length) found.push('two events have one id');
  if (published.map(({ type }) => type).join() !== ends.join())
    found.push(
      `it ended ${ends.join(', ')}, and ${published.map(({ type }) => type).join(', ')} was published`,
    );
  if (published.at(-1)?.type !== `sync.${sync.state}`)
    found.push(`it is ${sync.state}, and the last event published is ${published.at(-1)?.type}`);
  return found;
}

function inEffects(name: string, { effects }: Pick<Entry, 'effects'>): string[] {
  const found: string[] = [];
  if (effects.commit > 1) found.push(`${name} has committed ${effects.commit} times`);
  if (effects.rollback > effects.commit)
    found.push(`${name} has reversed ${effects.rollback} times what it did ${effects.commit} times`);
  return found;
}

/**
 * The books agree with the item, and with the ledger unless the sync is parked with an unknown
 * result.
 */
function inBooks(sync: Sync, name: OfficeName, { state, effects }: Entry, rows: LedgerRow[]): string[] {
  const planned = sync.plan.systems.find((system) => officeOf(system.name) === name);
  if (!planned) return state === 'absent' ? [] : [`${name} has no part in it, and is ${state}`];
  const done = rows.filter(
    ({ system, action, result }) =>
      system === planned.name && result === 'success' && action !== 'prepare' && action !== 'policy',
  );
  const recorded = done.at(-1)?.action === 'commit';
  const found: string[] = [];
  if (sync.state === 'committed' && state !== 'committed')
    found.push(`it is committed, and ${name} is ${state}`);
  if (sync.state === 'rolled_back' && effects.commit > 0)
    found.push(`it is rolled back, and ${name} had committed`);
  if (
    (sync.state === 'rolled_back' || sync.state === 'undone') &&
    (state === 'committed' || state === 'reserved')
  )
    found.push(`it is ${sync.state}, and ${name} is ${state}`);
  const doubted = sync.state === 'parked' && inDoubt(sync, planned.name);
  if (recorded !== (state === 'committed') && !doubted)
    found.push(`${name} is ${state}, and the ledger has its ${done.at(-1)?.action ?? 'nothing'} last`);
  return found;
}

/** The sync itself says that this result is unknown. */
function inDoubt({ parts, decision }: Sync, name: string): boolean {
  const { intent, commit, rollback } = parts[name] ?? {};
  const vote = (decision?.to === 'commit' ? commit : rollback)?.vote;
  return intent !== undefined || (vote !== 'yes' && vote !== 'no');
}
