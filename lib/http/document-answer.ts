import * as z from 'zod';
import type { Answer } from './declaration.ts';

/** The declared answer of a door that serves an OpenAPI document. */
export const documentAnswer = {
  description: 'The document, as OpenAPI 3.1 in JSON.',
  schema: z.looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    servers: z.array(z.looseObject({ url: z.string() })),
    paths: z.looseObject({}),
  }),
  example: {
    openapi: '3.1.1',
    info: { title: 'Lockstep API v1', version: '0.1.0' },
    servers: [{ url: '../v1' }],
    paths: {},
  },
  headers: ['ETag'],
} satisfies Answer;
