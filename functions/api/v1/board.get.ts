import { readSiteCounts } from '#domain/reservations/slots/site-counts.ts';
import { endpoint } from '#lib/http/endpoint.ts';
import { canonical, digest } from '#lib/ids.ts';
import { callers } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

/** The dashboard's view: free and taken per site, from events only. */
export const handler = endpoint({ callers }, async ({ caller }) => {
  const body = { sites: await readSiteCounts(deployedStore(), caller.tenant) };
  return { status: 200, etag: digest(canonical(body)), body };
});
