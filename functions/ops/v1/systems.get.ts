import { callers } from '#domain/access/callers.ts';
import { weather } from '#domain/weather.ts';
import { endpoint } from '#lib/endpoint.ts';

/** How each outside system stands with everyone who calls it. */
export const handler = endpoint({ callers, role: 'operator' }, async () => ({
  status: 200,
  body: { systems: await weather() },
}));
