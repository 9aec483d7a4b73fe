import * as z from 'zod';
import { putSlot } from '#domain/reservations/slots/put-slot.ts';
import { describedExample, slotAnswer, slotCreatedAnswer } from '#domain/reservations/slots/slot-answer.ts';
import { slotFields, toDescribed } from '#domain/reservations/slots/slot-fields.ts';
import { slotView } from '#domain/reservations/slots/slot-view.ts';
import { decimal } from '#lib/http/decimal.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { versionsOf } from '#lib/http/preconditions.ts';
import { newId } from '#lib/ids.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ slotId: decimal });

export const api = {
  summary: 'Make or change a slot',
  path,
  body: slotFields,
  headers: ['If-Match', 'If-None-Match'],
  example: { path: { slotId: 41 }, body: describedExample },
  answers: { 200: slotAnswer, 201: slotCreatedAnswer },
  problems: ['precondition-failed', 'precondition-required'],
} satisfies Declaration;

/** Creates a slot or changes its description. A change names the version that it was made from. */
export const handler = tenantDoor<typeof api>(
  { path, body: slotFields, role: 'scheduler' },
  async ({ path, body, caller, event }) => {
    const conditions = {
      ifMatch: versionsOf(event.headers['if-match']),
      ifNoneMatch: event.headers['if-none-match'] !== undefined,
    };
    const { slot, created } = await putSlot(
      { tenant: caller.tenant, slot: path.slotId, change: newId(), ...conditions, ...toDescribed(body) },
      deployedStore(),
    );
    return { status: created ? 201 : 200, etag: slot.v, modifiedAt: slot.event.at, body: slotView(slot) };
  },
);
