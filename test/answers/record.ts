import { appendFileSync } from 'node:fs';
import { inject } from 'vitest';
import hooks from '#docs/api/openapi.hooks.json' with { type: 'json' };
import ops from '#docs/api/openapi.ops.json' with { type: 'json' };
import v1 from '#docs/api/openapi.v1.json' with { type: 'json' };
import v2 from '#docs/api/openapi.v2.json' with { type: 'json' };
import { checkout } from '#local/folder.ts';
import { checkAnswers } from '#openapi/check-answer.ts';
import { onAnswer, recording } from './recorder.ts';
import { routesIn } from './routes.ts';
import { rawFile } from './set.ts';

const documents = [
  { prefix: '/api/v1', document: v1 },
  { prefix: '/api/v2', document: v2 },
  { prefix: '/ops/v1', document: ops },
  { prefix: '/hooks/v1', document: hooks },
];

/**
 * Set-up of each journey file: every answer of the API goes to the listeners, and is kept when a
 * set is to be written.
 */
globalThis.fetch = recording(
  { baseUrl: inject('running').baseUrl, routeAt: routesIn(checkout) },
  globalThis.fetch,
);

/**
 * Checks every answer against the API's documents, and fails the journey whose answer they do not
 * declare.
 */
onAnswer(({ route, ...seen }) => {
  // The documents do not declare the page that shows them.
  if (route === '/api/docs') return;
  const faults = checkAnswers(documents, seen);
  if (faults.length > 0) throw new Error(`The documents say otherwise:\n${faults.join('\n')}`);
});
if (process.env.RECORD_ANSWERS)
  onAnswer((seen) => appendFileSync(rawFile(process.env.RECORD_ANSWERS!), `${JSON.stringify(seen)}\n`));
