import * as z from 'zod';
import { tagsOf } from '#lib/http/preconditions.ts';
import { text } from '#lib/text.ts';
import { laters } from './undo-sync.ts';

/** An undo as a publisher requests it: the plan's digest, and what to do with later syncs. */
export const undoFields = z.strictObject({
  plan: text(64).optional(),
  later: z.enum(laters).optional(),
});

/** The plan's digest from the body or If-Match; with both, the one on which they agree. */
export function planNamed(plan: string | undefined, ifMatch: string | undefined): string[] | undefined {
  const tags = tagsOf(ifMatch);
  const seen = tags === 'any' ? undefined : tags;
  return plan === undefined ? seen : (seen ?? [plan]).filter((tag) => tag === plan);
}
