import * as z from 'zod/mini';
import { reserveBrandProblems, reservedBrandAnswer } from '#domain/reservations/reservation-answer.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { brand } from '#domain/reservations/slots/brand.ts';
import { decimal } from '#lib/http/decimal.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { replayHeader } from '#lib/http/replay-header.ts';
import { tenantDoor } from '#wiring/access.ts';
import { reservingTools } from '#wiring/reservations.ts';

const path = z.strictObject({ slotId: decimal });
const body = z.strictObject({ preferred_brand: z.optional(brand) });

export const api = {
  summary: 'Reserve a slot, and prefer a brand',
  path,
  body,
  example: { path: { slotId: 41 }, body: { preferred_brand: 'Moderna' } },
  answers: { 200: reservedBrandAnswer },
  problems: reserveBrandProblems,
} satisfies Declaration;

/** Reserves a slot as in version 1, with a preferred brand of vaccine. */
export const handler = tenantDoor<typeof api>(
  { path, body, role: 'booker', keyed: true },
  async ({ path, body, caller, key }) => {
    const command = { tenant: caller.tenant, slot: path.slotId, key, brand: body.preferred_brand };
    const reservation = await reserveSlot(command, reservingTools());
    return {
      status: 200,
      body: { status: 'ok', reservation_id: reservation.id, brand: reservation.brand },
      headers: replayHeader(reservation),
    };
  },
);
