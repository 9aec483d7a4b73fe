import { batchOperations } from '#examples/systems/batch-operations.ts';
import { changeBooks } from '#examples/systems/change-books.ts';
import type { Answer, Arrival, Call, Order } from '#examples/systems/change-rules.ts';
import { mainframeFiles } from '#examples/systems/mainframe/files.ts';
import type { Clock } from '#lib/clock.ts';
import type { Outside, Reply } from '#lib/outside/outside.ts';
import chequesJson from '#systems/cheques.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';

export type Office = 'debit' | 'cheques' | 'dashboard';
type Words = Record<Call, string>;
const office = (clock: Clock, traits: object, words: Words) => ({
  books: changeBooks({ clock, ...traits }),
  words,
});
const { layout } = manifest.parse(chequesJson).file as NonNullable<Manifest['file']>;
const batchPaths = { prepare: '/prepare', commit: '/commit', rollback: '/rollback' };
const statuses: Record<string, number> = { 'not-found': 404, declined: 422 };

/**
 * The example's offices with their own books, called through their manifests without HTTP. The
 * next call of a name (`dashboard.prepare`) can be refused.
 */
export function officesOn(clock: Clock) {
  const refusals: string[] = [];
  const calls: string[] = [];
  const mainframe = mainframeFiles({ clock, layout });
  const all = {
    debit: office(clock, {}, { prepare: 'accepted', commit: 'loaded', rollback: 'reversed' }),
    cheques: office(
      clock,
      { reserves: true, holdMs: 3_600_000 },
      { prepare: 'reserved', commit: 'printed', rollback: 'stopped' },
    ),
    dashboard: office(
      clock,
      { reserves: true },
      { prepare: 'staged', commit: 'published', rollback: 'retracted' },
    ),
  };
  const batches = {
    debit: batchOperations(
      { by: 'chunks', items: 500, paths: batchPaths },
      { ...all.debit, answered: answeredBy(all.debit.words) },
    ),
    dashboard: batchOperations(
      { by: 'totals', paths: batchPaths },
      { ...all.dashboard, answered: answeredBy(all.dashboard.words) },
    ),
  };

  const single = (name: Office, call: Call, key: string, body: Record<string, unknown>, arrival: Arrival) => {
    const { books, words } = all[name];
    const { delta_usd, not_after } = body as { delta_usd?: number; not_after?: string };
    const order: Order = { delta_usd, notAfter: not_after === undefined ? undefined : Date.parse(not_after) };
    const answer = call === 'rollback' ? books.rollback(key, arrival) : books[call](key, order, arrival);
    return answeredBy(words)(call, key, answer);
  };

  const outside: Outside = async ({ system, call, about = '', body }): Promise<Reply> => {
    const name = system.name as Office;
    const asked = body as Record<string, unknown>;
    const refuse = refusals[0] === `${name}.${call}` && refusals.shift() !== undefined;
    const arrival = { key: about, arrivedAt: clock.now(), refuse };
    calls.push(`${name}.${call}`);
    if (name !== 'cheques' && 'count' in asked) return batches[name][call as Call].accept(asked)(arrival);
    return single(name, call as Call, about, asked, arrival);
  };

  return {
    outside,
    /**
     * The folder of the printer's mainframe. Callers that do not send files reach it over HTTP.
     */
    files: mainframe.files,
    mainframe: mainframe.books,
    calls,
    refuse: (...next: string[]) => void refusals.push(...next),
    state: (name: Office, outsideToken: string) => all[name].books.query(outsideToken),
  };
}

const answeredBy =
  (words: Words) =>
  (call: Call, key: string, answer: Answer): Reply => {
    if ('refused' in answer)
      return { status: statuses[answer.refused] ?? 409, body: { event_id: key, error: answer.refused } };
    const until = answer.until === undefined ? {} : { reserved_until: new Date(answer.until).toISOString() };
    return { status: 200, body: { event_id: key, status: words[call], ...(call === 'prepare' && until) } };
  };

export type Offices = ReturnType<typeof officesOn>;
