import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Question, toCursor } from './cursor.ts';
import { canonical, digest } from './ids.ts';
import type { Item, Page } from './table.ts';

/** A page of a list: items, the cursor to go on with, the same as a link (RFC 8288), and an ETag over all of it. */
export function listAnswer(event: APIGatewayProxyEvent, question: Question, page: Page, show: (item: Item) => unknown) {
  const next = page.last && toCursor(question, page.last);
  const body = { items: page.items.map(show), ...(next && { next_cursor: next }) };
  const query = new URLSearchParams({ ...(event.queryStringParameters as Record<string, string> | null), ...(next && { cursor: next }) });
  query.delete('wait');
  return {
    status: 200,
    etag: digest(canonical(body)),
    body,
    headers: (next ? { Link: `<${event.path}?${query}>; rel="next"` } : {}) as Record<string, string>,
  };
}
