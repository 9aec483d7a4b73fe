import * as z from 'zod';
import { exampleSyncId, systemExample, systemShape } from '#domain/syncs/sync-answer.ts';
import { ticketData } from '#events/ticket-data.ts';
import type { Answer } from '#lib/http/declaration.ts';

const api = '../../../api/v1';

/** A ticket with all that an operator needs to decide. */
export const ticketAnswer = {
  description: 'The ticket. Its ETag is what an action names in If-Match.',
  schema: z
    .object({
      ...ticketData.shape,
      known: z.array(systemShape),
      safe_actions: z.array(
        z.object({
          action: z.enum(['retry', 'skip', 'mark-done', 'force-rollback']),
          systems: z.array(z.string()).optional(),
        }),
      ),
      next_safe_action: z.string(),
      links: z.object({ sync: z.string(), ledger: z.string(), undo: z.string() }),
    })
    .meta({ id: 'Ticket' }),
  example: {
    ...{ ticket_id: 'tkt_kD0-3vJm4cYVh2pXbqT1rg', sync_id: exampleSyncId, state: 'open' },
    cause: 'It waits for an operator: debit gave no definite answer.',
    opened_at: '2027-01-15T09:20:00.000Z',
    known: [systemExample],
    safe_actions: [{ action: 'retry' }, { action: 'skip', systems: ['debit'] }],
    next_safe_action: 'Make sure that debit answers, then retry: systems that have answered are skipped.',
    links: {
      sync: `${api}/syncs/${exampleSyncId}`,
      ledger: `${api}/syncs/${exampleSyncId}/ledger`,
      undo: `${api}/rollbacks/${exampleSyncId}/plan`,
    },
  },
  headers: ['ETag'],
} satisfies Answer;

export const exampleTicket = { path: { ticketId: ticketAnswer.example.ticket_id } };
export const exampleAction = { ...exampleTicket, body: { action: 'retry', reason: 'debit answers again' } };

/** Why an action is refused. */
export const actionProblems = [
  ...(['not-found', 'action-not-safe', 'precondition-failed', 'precondition-required'] as const),
] as const;
