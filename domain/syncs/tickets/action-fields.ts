import * as z from 'zod';
import { reason } from '#lib/http/fields.ts';
import { tagsOf } from '#lib/http/preconditions.ts';
import { Problem } from '#lib/problem.ts';
import { text } from '#lib/text.ts';
import { actions } from './operate-sync.ts';

/** An operator's action on a ticket, with the reason. */
export const actionFields = z.strictObject({
  action: z.enum(actions),
  system: text(31).optional(),
  reason,
});

/**
 * The ETags in If-Match. An action without one is refused: it applies to the version that was
 * read.
 */
export function seenTags(ifMatch: string | undefined): string[] | 'any' {
  const seen = tagsOf(ifMatch);
  if (seen) return seen;
  throw new Problem('precondition-required', {
    detail: 'Name what you have seen of the ticket in If-Match.',
  });
}
