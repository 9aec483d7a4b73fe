import { appendFileSync } from 'node:fs';
import { inject } from 'vitest';
import { checkout } from '#local/folder.ts';
import { onAnswer, recording } from './recorder.ts';
import { routesIn } from './routes.ts';
import { rawFile } from './set.ts';

/** Before each file of journeys: the answers of the API pass through the listeners, and are kept when a set of them is to be written. */
globalThis.fetch = recording(
  { baseUrl: inject('running').baseUrl, routeAt: routesIn(checkout) },
  globalThis.fetch,
);
if (process.env.RECORD_ANSWERS)
  onAnswer((seen) => appendFileSync(rawFile(process.env.RECORD_ANSWERS!), `${JSON.stringify(seen)}\n`));
