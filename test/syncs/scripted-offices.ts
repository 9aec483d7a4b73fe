import { changeBooks } from '#examples/systems/change-books.ts';
import type { Arrival } from '#examples/systems/change-rules.ts';
import type { Clock } from '#lib/clock.ts';
import { type Call, type Outside, Unreached } from '#lib/outside/outside.ts';
import chequesJson from '#systems/cheques.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Line } from '#systems/protocol.ts';
import { fileOffice } from './file-office.ts';

type Books = ReturnType<typeof changeBooks>;
/** The behaviour of an office in one call; `lost` acts, and its answer never arrives. */
export type Mood = 'refuse' | 'away' | 'lost' | 'silent' | 'html' | 'foreign-404' | 'absent' | (() => void);

const traits = {
  debit: { tombstone: true },
  dashboard: { reserves: true, tombstone: true },
  letters: { idempotent: 'none', tombstone: true },
  gazette: {},
  vault: { reserves: true, holdMs: 3_600_000, tombstone: true },
} as const;
const words = {
  debit: { prepare: 'checked', commit: 'loaded', rollback: 'reversed' },
  dashboard: { prepare: 'staged', commit: 'published', rollback: 'retracted' },
  letters: { prepare: 'checked', commit: 'sent', rollback: 'corrected' },
  gazette: { prepare: 'checked', commit: 'published', rollback: '' },
  vault: { prepare: 'reserved', commit: 'paid', rollback: 'returned' },
};
type HttpName = keyof typeof traits;
export type OfficeName = HttpName | 'cheques';
const httpNames = Object.keys(traits) as HttpName[];
export const officeNames: OfficeName[] = [...httpNames, 'cheques'];
/**
 * Systems are called in order of their names, so a prefix puts an office first, between or last.
 */
export const inOrder = (systems: Manifest[]): Manifest[] =>
  systems.map((system, at) => ({ ...system, name: `${'amz'[at]}-${system.name}` }));
export const officeOf = (name: string): OfficeName => name.replace(/^[amz]-/, '') as OfficeName;

/**
 * The offices with their own books, without a network: HTTP calls as an `Outside`, and the
 * mainframe's folder.
 */
export function offices({ clock }: { clock: Clock }) {
  const overHttp = Object.fromEntries(
    httpNames.map((name) => [name, changeBooks({ clock, ...traits[name] })]),
  ) as Record<HttpName, Books>;
  const files = fileOffice({ clock, layout });
  return {
    files,
    books: { ...overHttp, cheques: files.books },
    act: (call: Call, arrival: Arrival = {}): { status: number; body: unknown } =>
      act(call, overHttp[officeOf(call.system.name) as HttpName], arrival),
  };
}
const { layout } = manifest.parse(chequesJson).file as NonNullable<Manifest['file']>;

function act(
  { system: { name, calls }, call, about: outsideToken = '', body }: Call,
  books: Books,
  arrival: Arrival,
) {
  if (!calls[call]) throw new Error(`${name} has no call ${call}`);
  const said = words[officeOf(name) as HttpName];
  const { delta_usd, not_after } = (body ?? {}) as { delta_usd?: number; not_after?: string };
  const order = { delta_usd, notAfter: not_after === undefined ? undefined : Date.parse(not_after) };
  if (call === 'query') {
    const state = books.query(outsideToken);
    const status = { reserved: said.prepare, committed: said.commit, 'rolled-back': said.rollback }[
      state as string
    ];
    return status
      ? { status: 200, body: { event_id: outsideToken, status } }
      : { status: 404, body: { event_id: outsideToken, error: 'not-found' } };
  }
  const answer =
    call === 'rollback'
      ? books.rollback(outsideToken, arrival)
      : books[call as 'prepare' | 'commit'](outsideToken, order, arrival);
  if ('refused' in answer)
    return {
      status: { 'not-found': 404, declined: 422 }[answer.refused as string] ?? 409,
      body: { event_id: outsideToken, error: answer.refused },
    };
  const until =
    'until' in answer && answer.until !== undefined
      ? { reserved_until: new Date(answer.until).toISOString() }
      : {};
  return {
    status: 200,
    body: { event_id: outsideToken, status: said[call as 'prepare' | 'commit' | 'rollback'], ...until },
  };
}

/** The parts of another line to the offices; `pass` advances the clock. */
export type Reach = Pick<ReturnType<typeof offices>, 'act' | 'files'> & {
  clock: Clock;
  pass: (ms: number) => void;
};

/** The lines to the offices. The next calls of a name (`debit.commit`) can be given behaviours. */
export function wireTo({ act: reach, files: office }: ReturnType<typeof offices>, clock: Clock) {
  const moods = new Map<string, Mood[]>();
  const calls: string[] = [];
  const outside: Outside = async (call) => {
    const name = `${call.system.name}.${call.call}`;
    if (clock.now() >= call.notAfter) throw new Unreached('too-late');
    calls.push(name);
    const mood = moods.get(name)?.shift();
    if (mood === 'away') throw new Unreached('no-connection');
    if (mood === 'silent') throw new Unreached('time-limit');
    if (mood === 'refuse') return { status: 422, body: { error: 'declined' } };
    if (mood === 'html') return { status: 200, body: undefined };
    if (mood === 'foreign-404')
      return { status: 404, body: { message: 'no Route matched with those values' } };
    if (mood === 'absent') return { status: 404, body: { event_id: call.about, error: 'not-found' } };
    if (typeof mood === 'function') mood();
    const reply = reach(call);
    if (mood === 'lost') throw new Unreached('time-limit');
    return reply;
  };
  const sftp: Line['sftp'] = async (ask, phase, use) => {
    const name = `${ask.system.name}.${phase}`;
    if (clock.now() >= ask.notAfter) throw new Unreached('too-late');
    calls.push(name);
    const mood = moods.get(name)?.shift();
    if (mood === 'away') throw new Unreached('no-connection');
    if (mood === 'silent') throw new Unreached('time-limit');
    if (mood === 'refuse') return office.refusing(phase, ask.outsideToken, () => use(office.files));
    if (typeof mood === 'string' && mood !== 'lost') throw new Error(`Over files nothing can be '${mood}'`);
    if (typeof mood === 'function') mood();
    const said = await use(office.files);
    if (mood === 'lost') throw new Unreached('time-limit');
    return said;
  };
  return {
    outside,
    sftp,
    calls,
    next: (name: string, ...planned: Mood[]) =>
      void moods.set(name, [...(moods.get(name) ?? []), ...planned]),
  };
}
