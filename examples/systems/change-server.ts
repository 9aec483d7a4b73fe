import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import { type Batches, batchOperations } from './batch-operations.ts';
import type { Answer } from './behaviours.ts';
import { changeBooks } from './change-books.ts';
import type { Call, Answer as Entered, Traits } from './change-rules.ts';
import { operation, question, servePartner } from './server.ts';

/** An office's paths, and the words of its answers. */
export type Office = {
  clock: Clock;
  host?: string | undefined;
  traits: Traits;
  paths: { prepare: string; commit: string; rollback?: string; query?: string };
  words: Record<Call, string>;
  /** A call without this `x-api-key` is refused. */
  apiKey?: string;
  /** The public path with the sum of what is committed. */
  totals?: string;
  /** The path for batches. */
  batches?: Batches;
};

const token = z.string().min(1).max(200);
const bare = z.strictObject({ event_id: token });
const fenced = bare.extend({ not_after: z.iso.datetime({ offset: true }).optional() });
const full = fenced.extend({ state: z.string().min(1), delta_usd: z.number() });
type Body = z.output<typeof fenced> & Partial<z.output<typeof full>>;

/**
 * An office that takes part in syncs, over HTTP. The body of every call carries the token as
 * `event_id`, and so does every answer that is no refusal.
 */
export function serveChanges({
  clock,
  host = '127.0.0.1',
  traits,
  paths,
  words,
  apiKey,
  totals,
  batches,
}: Office) {
  const books = changeBooks({ clock, ...traits });
  const states = {
    reserved: words.prepare,
    committed: words.commit,
    'rolled-back': words.rollback,
    partial: 'partial',
  };
  const answered = (call: Call, key: string, answer: Entered): Answer =>
    'refused' in answer
      ? { status: refusals[answer.refused] ?? 409, body: { event_id: key, error: answer.refused } }
      : {
          status: 200,
          body: { event_id: key, status: words[call], ...(call === 'prepare' && until(answer)) },
        };

  const order = ({ delta_usd, not_after }: Body) => ({
    delta_usd,
    notAfter: not_after === undefined ? undefined : Date.parse(not_after),
  });
  const changing = (call: 'prepare' | 'commit', path: string, body: z.ZodType<Body>) =>
    operation(
      path,
      body,
      ({ key, body, ...arrival }) => answered(call, key, books[call](key, order(body), arrival)),
      'event_id',
    );
  const undoing = (path: string) =>
    operation(
      path,
      bare,
      ({ key, ...arrival }) => answered('rollback', key, books.rollback(key, arrival)),
      'event_id',
    );
  const asking = (path: string) =>
    question(path, ({ key, refuse }) => {
      const state = books.query(key);
      if (refuse) return answered('prepare', key, { refused: 'declined' });
      return state === 'absent'
        ? answered('prepare', key, { refused: 'not-found' })
        : { status: 200, body: { event_id: key, status: states[state] } };
    });

  return servePartner({
    clock,
    host,
    entries: books.entries,
    pages: {
      ...(totals && { [totals]: () => ({ total_usd: books.total() }) }),
      ...(batches?.by === 'chunks' && {
        '/books/items/{token}/{id}': ({ token = '', id = '' }) => books.item(token, id),
      }),
    },
    ...(batches && { maxLength: longest, batches: batchOperations(batches, { books, words, answered }) }),
    ...(apiKey !== undefined && { admits: (headers) => headers['x-api-key'] === apiKey }),
    operations: {
      prepare: changing('prepare', paths.prepare, full),
      commit: changing('commit', paths.commit, traits.reserves ? fenced : full),
      ...(paths.rollback && { rollback: undoing(paths.rollback) }),
      ...(paths.query && { query: asking(paths.query) }),
    },
  });
}

const refusals: Partial<Record<string, number>> = { 'not-found': 404, declined: 422 };
const until = ({ until }: { until?: number | undefined }) =>
  until !== undefined && { reserved_until: new Date(until).toISOString() };
/** Five hundred items with every field that an item may have. */
const longest = 262_144;
