import { valueAt } from '#lib/value-at.ts';
import type { Ask, Refused, Totals } from '#systems/contract.ts';
import type { Answers } from '#systems/manifest.ts';

const mostNamed = 100;

/** What an answer says that they have of a batch or of its chunk, where the manifest names a field for it; null where that cannot be read. */
export function totalsIn(
  body: unknown,
  { count, amount }: Answers,
  { chunk, batch }: Ask,
): Totals | undefined | null {
  const expected = chunk ?? batch;
  if (!expected || (!count && !amount)) return undefined;
  const said = {
    count: count ? valueAt(body, count) : expected.count,
    amount_minor: amount ? valueAt(body, amount) : expected.amount_minor,
  };
  return Number.isSafeInteger(said.count) && Number.isSafeInteger(said.amount_minor)
    ? (said as Totals)
    : null;
}

/** The items that an answer refuses, by ids that we have sent, a hundred at most, and their own short words for it. */
export function refusedIn(body: unknown, { refused }: Answers, { chunk }: Ask): Refused[] {
  const listed = refused ? valueAt(body, refused) : undefined;
  if (!Array.isArray(listed)) return [];
  const sent = new Set(chunk?.items.map(({ id }) => id));
  const known = listed.filter((one) => sent.size === 0 || sent.has(one?.id)).slice(0, mostNamed);
  return known.map((one) => ({ id: String(one?.id), reason: short(one?.reason) ?? 'refused' }));
}

/** Their own word for it, short and of plain characters: never what was sent to them. */
export const short = (said: unknown): string | undefined =>
  typeof said === 'string' ? said.replaceAll(/[^\w .,:-]/g, '').slice(0, 80) || undefined : undefined;
