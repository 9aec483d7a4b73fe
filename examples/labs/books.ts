import * as z from 'zod';
import { readReservationId } from '#domain/reservations/reservation-id.ts';

const entry = z.looseObject({
  key: z.string(),
  state: z.string(),
  amount: z.int().optional(),
  effects: z.record(z.string(), z.int()),
  calls: z.array(z.looseObject({ call: z.string() })),
});
const books = z.looseObject({ entries: z.array(entry) });
export type BooksEntry = z.output<typeof entry>;

/** The stand-in of the Payment Clearinghouse's own record of payments. */
export async function readBooks(clearinghouse: string): Promise<BooksEntry[]> {
  const answer = await fetch(`${clearinghouse}/books`);
  return books.parse(await answer.json()).entries;
}

/** The entry of one reservation, stored under the hold that the reservation was made from. */
export async function entryOf(clearinghouse: string, reservationId: string): Promise<BooksEntry | undefined> {
  const hold = readReservationId(reservationId)?.hold;
  return (await readBooks(clearinghouse)).find(({ key }) => key === hold);
}
