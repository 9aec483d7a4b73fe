import type { Outside } from '#lib/outside/outside.ts';
import { verdictFrom } from '#lib/outside/verdict.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Check } from './reserve-slot.ts';

/**
 * Calls the Eligibility Service. Only a yes or no by its manifest counts; anything else is an
 * outage.
 */
export const eligibilityOf =
  (outside: Outside, system: Manifest): Check =>
  async ({ hold, command, notAfter }) => {
    const body = { key: hold, slot: command.slot, not_after: rfc3339(notAfter) };
    const reply = await outside({ system, call: 'check', key: `${hold}:check`, about: hold, body, notAfter });
    return verdictFrom(reply, system, 'check', hold);
  };
