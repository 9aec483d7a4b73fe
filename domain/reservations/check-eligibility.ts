import * as z from 'zod/mini';
import type { Outside } from '#lib/outside/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Check } from './reserve-slot.ts';

const verdict = z.looseObject({ eligible: z.boolean() });

/**
 * Calls the Eligibility Service. Only its plain yes or no counts: a 200 with anything else is an
 * outage.
 */
export const eligibilityOf =
  (outside: Outside, system: Manifest): Check =>
  async ({ hold, command, notAfter }) => {
    const body = { key: hold, slot: command.slot, not_after: rfc3339(notAfter) };
    const reply = await outside({ system, call: 'check', key: `${hold}:check`, about: hold, body, notAfter });
    const said = verdict.safeParse(reply.body);
    if (reply.status !== 200 || !said.success)
      throw new Error(`${system.name} answered ${reply.status} without a verdict`);
    return said.data.eligible;
  };
