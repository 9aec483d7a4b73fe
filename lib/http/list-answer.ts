import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Item, Page } from '#lib/aws/table.ts';
import { canonical, digest } from '#lib/ids.ts';
import { fromCursor, type Question, toCursor } from './cursor.ts';
import { paged } from './pages.ts';

/** `pages`: how often the list is read for one answer at most; once if a read is expensive. */
type Asked = Question & {
  event: APIGatewayProxyEvent;
  limit: number;
  cursor: string | undefined;
  pages?: number;
};
type Read = (range: { limit: number; after: string | undefined }) => Promise<Page>;

/**
 * A page of a list: items, the next cursor, a `next` link relative to the request (RFC 8288), and
 * an ETag over all of it.
 */
export async function listAnswer(
  { event, limit, cursor, pages, ...question }: Asked,
  read: Read,
  show: (item: Item) => unknown,
) {
  const page = await paged(
    limit,
    fromCursor(question, cursor),
    (most, after) => read({ limit: most, after }),
    pages,
  );
  const next = page.last && toCursor(question, page.last);
  const body = { items: page.items.map(show), ...(next && { next_cursor: next }) };
  const query = new URLSearchParams({
    ...(event.queryStringParameters as Record<string, string> | null),
    ...(next && { cursor: next }),
  });
  query.delete('wait');
  const headers: Record<string, string> = next ? { Link: `<?${query}>; rel="next"` } : {};
  return { status: 200 as const, etag: digest(canonical(body)), body, headers };
}
