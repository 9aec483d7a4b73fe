import document from '#docs/api/openapi.hooks.json' with { type: 'json' };
import { bundledText } from '#lib/http/bundled-text.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { documentAnswer } from '#lib/http/document-answer.ts';
import { operatorDoor } from '#wiring/access.ts';

export const api = {
  summary: 'Read the document for outside systems',
  answers: { 200: documentAnswer },
  problems: [],
} satisfies Declaration;

/** The OpenAPI document of the hooks, for the operators of an outside system. */
export const handler = operatorDoor<typeof api>(
  {},
  bundledText(() => JSON.stringify(document), 'application/json'),
);
