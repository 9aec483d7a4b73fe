import * as z from 'zod';
import { showTicket } from '#domain/syncs/tickets/show-ticket.ts';
import { exampleTicket, ticketAnswer } from '#domain/syncs/tickets/ticket-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { operatorDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ ticketId: z.string().max(40) });

export const api = {
  summary: 'Read a ticket',
  path,
  example: exampleTicket,
  answers: { 200: ticketAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** One ticket: its cause, the known state of each system, and the safe actions. */
export const handler = operatorDoor<typeof api>({ path }, async ({ path, caller }) => {
  const { etag, body } = await showTicket(deployedStore(), caller.tenant, path.ticketId);
  return { status: 200, etag, body };
});
