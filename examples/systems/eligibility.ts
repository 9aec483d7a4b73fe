import * as z from 'zod';
import type { Clock } from '#lib/clock.ts';
import { eligibilityBooks } from './eligibility-books.ts';
import { operation, servePartner } from './server.ts';

const check = z.strictObject({
  key: z.string().min(1).max(200),
  slot: z.union([z.string().min(1), z.int()]),
  not_after: z.iso.datetime({ offset: true }),
});

/**
 * The Eligibility Service over HTTP, as `systems/eligibility.json` describes it. An order to
 * refuse makes the caller ineligible.
 */
export function serveEligibility({ clock, host = '127.0.0.1' }: { clock: Clock; host?: string }) {
  const books = eligibilityBooks({ clock });
  return servePartner({
    clock,
    host,
    entries: books.entries,
    operations: {
      check: operation('/checks', check, ({ key, body, refuse }) => ({
        status: 200,
        body: refuse ? books.refuse(key, body) : books.check(key, body),
      })),
    },
  });
}
