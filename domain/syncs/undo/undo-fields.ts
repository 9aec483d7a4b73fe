import * as z from 'zod';
import { tagsOf } from '#lib/http/preconditions.ts';
import { laters } from './undo-sync.ts';

/** How a sync is undone, as a publisher asks for it: on which plan, and what is to become of later syncs. */
export const undoFields = z.strictObject({
  plan: z.string().max(64).optional(),
  later: z.enum(laters).optional(),
});

/** The plan by its digest, in the body or in If-Match. Where both name one, it is the one that they agree on. */
export function planNamed(plan: string | undefined, ifMatch: string | undefined): string[] | undefined {
  const tags = tagsOf(ifMatch);
  const seen = tags === 'any' ? undefined : tags;
  return plan === undefined ? seen : (seen ?? [plan]).filter((tag) => tag === plan);
}
