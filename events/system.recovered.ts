import * as z from 'zod';
import type { EventType } from './event.ts';

/**
 * An outside system answers again, or an operator says so: every sync that waits for it is woken.
 * For a job only.
 */
export const systemRecovered = {
  type: 'system.recovered',
  version: 1,
  title: 'System recovered',
  audience: 'worker',
  data: z.object({ system: z.string() }),
} satisfies EventType;
