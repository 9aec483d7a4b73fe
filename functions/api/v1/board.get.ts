import { callers } from '#domain/access/callers.ts';
import { readBoard } from '#domain/board/read-board.ts';
import { endpoint } from '#lib/endpoint.ts';
import { canonical, digest } from '#lib/ids.ts';
import { store } from '#lib/store.ts';

/** The dashboard's view: free and taken per site, from events only. */
export const handler = endpoint({ callers }, async ({ caller }) => {
  const body = { sites: await readBoard(store(), caller.tenant) };
  return { status: 200, etag: digest(canonical(body)), body };
});
