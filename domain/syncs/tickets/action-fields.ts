import * as z from 'zod';
import { tagsOf } from '#lib/http/preconditions.ts';
import { Problem } from '#lib/problem.ts';
import { actions } from './operate-sync.ts';

/** What an operator does with a ticket, and why. */
export const actionFields = z.strictObject({
  action: z.enum(actions),
  system: z.string().max(31).optional(),
  reason: z.string().trim().min(1).max(300),
});

/** The entity tags in If-Match. An action without one is refused: it is meant for what was seen. */
export function seenTags(ifMatch: string | undefined): string[] | 'any' {
  const seen = tagsOf(ifMatch);
  if (seen) return seen;
  throw new Problem('precondition-required', {
    detail: 'Name what you have seen of the ticket in If-Match.',
  });
}
