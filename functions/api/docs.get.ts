import page from '#docs/api/page.json' with { type: 'json' };
import { bundledText, cacheable } from '#lib/http/bundled-text.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { openDoor } from '#lib/http/open-door.ts';

const { html, policy } = page;

export const api = {
  summary: 'Read the documents as a page',
  answers: {
    200: { description: 'The page.', texts: { 'text/html': '<!doctype html>' }, headers: ['ETag'] },
  },
  problems: [],
} satisfies Declaration;

/** The API documents as a page that can make calls. It needs no network beyond this API. */
export const handler = openDoor<typeof api>(
  { policy },
  bundledText(() => html, 'text/html; charset=utf-8', cacheable),
);
