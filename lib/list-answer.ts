import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fromCursor, type Question, toCursor } from './cursor.ts';
import { canonical, digest } from './ids.ts';
import { paged } from './paged.ts';
import type { Item, Page } from './table.ts';

type Asked = Question & { event: APIGatewayProxyEvent; limit: number; cursor: string | undefined };
type Read = (range: { limit: number; after: string | undefined }) => Promise<Page>;

/** A page of a list: items, the cursor to go on with, the same as a link relative to what was asked (RFC 8288), and an ETag over all of it. */
export async function listAnswer({ event, limit, cursor, ...question }: Asked, read: Read, show: (item: Item) => unknown) {
  const page = await paged(limit, fromCursor(question, cursor), (most, after) => read({ limit: most, after }));
  const next = page.last && toCursor(question, page.last);
  const body = { items: page.items.map(show), ...(next && { next_cursor: next }) };
  const query = new URLSearchParams({ ...(event.queryStringParameters as Record<string, string> | null), ...(next && { cursor: next }) });
  query.delete('wait');
  const headers: Record<string, string> = next ? { Link: `<?${query}>; rel="next"` } : {};
  return { status: 200, etag: digest(canonical(body)), body, headers };
}
