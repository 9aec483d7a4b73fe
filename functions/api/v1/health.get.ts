import { endpoint } from '#lib/endpoint.ts';
import { env } from '#lib/env.ts';

/** Alive, and which build: no credential, no table. */
export const handler = endpoint({}, () => ({
  status: 200,
  body: { status: 'ok', version: env('VERSION'), commit: env('COMMIT') },
}));
