import * as z from 'zod';
import { actOnTicket } from '#domain/syncs/tickets/act-on-ticket.ts';
import { actionFields, seenTags } from '#domain/syncs/tickets/action-fields.ts';
import { actionProblems, exampleAction, ticketAnswer } from '#domain/syncs/tickets/ticket-answer.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { operatorDoor } from '#wiring/access.ts';
import { deployedStore } from '#wiring/platform.ts';
import { syncTools } from '#wiring/syncs.ts';

const path = z.strictObject({ ticketId: z.string().max(40) });

export const api = {
  summary: 'Act on a ticket',
  path,
  body: actionFields,
  headers: ['If-Match'],
  example: exampleAction,
  answers: { 200: ticketAnswer },
  problems: actionProblems,
} satisfies Declaration;

/**
 * Takes an operator's decision on the ticket version that they have seen (If-Match), with its
 * reason. It is written to the ledger.
 */
export const handler = operatorDoor<typeof api>(
  { path, body: actionFields },
  async ({ path, body, caller: { tenant, keyId }, event }) => {
    const seen = seenTags(event.headers['if-match']);
    const command = { tenant, id: path.ticketId, seen, operate: { ...body, by: keyId } };
    const { etag, body: ticket } = await actOnTicket(command, { ...syncTools(), store: deployedStore() });
    return { status: 200, etag, body: ticket };
  },
);
