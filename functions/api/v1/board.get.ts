import { boardAnswer } from '#domain/reservations/slots/board-answer.ts';
import { readSiteCounts } from '#domain/reservations/slots/site-counts.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { canonical, digest } from '#lib/ids.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

export const api = {
  summary: 'Read the board',
  answers: { 200: boardAnswer },
  problems: [],
} satisfies Declaration;

/** Free and taken slots per site, for the dashboard. It is built from events, so it may lag. */
export const handler = tenantDoor<typeof api>({}, async ({ caller }) => {
  const body = { sites: await readSiteCounts(deployedStore(), caller.tenant) };
  return { status: 200, etag: digest(canonical(body)), body };
});
