import { ticketData } from '#events/ticket-data.ts';
import { pageAnswer } from '#lib/http/page-answer.ts';

/** Tickets by the time at which they opened, from the list that events build. */
export const ticketListAnswer = pageAnswer({
  description: 'Tickets by the time at which they opened, built from events: the list may lag.',
  schema: ticketData.meta({ id: 'ListedTicket' }),
  example: {
    ticket_id: 'tkt_kD0-3vJm4cYVh2pXbqT1rg',
    sync_id: '6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e',
    state: 'open',
    cause: 'It waits for an operator: debit gave no definite answer.',
    opened_at: '2027-01-15T09:20:00.000Z',
  },
});
