import * as z from 'zod';
import { parking } from '#domain/publishing/parking.ts';
import { wakeSync } from '#domain/wake-sync.ts';
import { worker } from '#lib/worker.ts';

const data = z.object({ tenant: z.string(), wire: z.string(), epoch: z.int(), why: z.string() });

/** One sync goes on in a new execution, unless it has moved since it was found. */
export const handler = worker({ name: 'sync.wake', data, park: parking, run: wakeSync });
