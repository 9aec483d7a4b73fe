import document from '#docs/api/openapi.v1.json' with { type: 'json' };
import { bundledText, cacheable } from '#lib/http/bundled-text.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { documentAnswer } from '#lib/http/document-answer.ts';
import { openDoor } from '#lib/http/open-door.ts';

export const api = {
  summary: 'Read this document',
  answers: { 200: documentAnswer },
  problems: [],
} satisfies Declaration;

/** The OpenAPI document of version 1. It needs no key. */
export const handler = openDoor<typeof api>(
  {},
  bundledText(() => JSON.stringify(document), 'application/json', cacheable),
);
