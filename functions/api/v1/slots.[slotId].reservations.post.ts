import * as z from 'zod/mini';
import { reservedAnswer, reserveProblems } from '#domain/reservations/reservation-answer.ts';
import { reserveSlot } from '#domain/reservations/reserve-slot.ts';
import { decimal } from '#lib/http/decimal.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { replayHeader } from '#lib/http/replay-header.ts';
import { tenantDoor } from '#wiring/access.ts';
import { reservingTools } from '#wiring/reservations.ts';

const path = z.strictObject({ slotId: decimal });

export const api = {
  summary: 'Reserve a slot',
  path,
  example: { path: { slotId: 41 } },
  answers: { 200: reservedAnswer },
  problems: reserveProblems,
} satisfies Declaration;

/**
 * Reserves a slot. No body is needed; a repeat with the same Idempotency-Key gets the same answer.
 */
export const handler = tenantDoor<typeof api>(
  { path, role: 'booker', keyed: true },
  async ({ path, caller, key }) => {
    const reservation = await reserveSlot(
      { tenant: caller.tenant, slot: path.slotId, key },
      reservingTools(),
    );
    return {
      status: 200,
      body: { status: 'ok', reservation_id: reservation.id },
      headers: replayHeader(reservation),
    };
  },
);
