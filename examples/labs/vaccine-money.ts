import { type BooksEntry, entryOf, readBooks } from './books.ts';
import { eventually } from './eventually.ts';
import type { Scene } from './vaccine.ts';

type Site = { site: string; free: number; taken: number };

const boardOf = async ({ booker }: Scene) => (await booker('GET', '/api/v1/board')).body.sites as Site[];
const shown = ({ site, free, taken }: Site) => `${site}: ${free} free, ${taken} taken`;
const written = (slot: number, entry: BooksEntry | undefined) =>
  `slot ${slot}: ${entry?.state} (${Object.entries(entry?.effects ?? {})
    .map(([call, times]) => `${call} ${times}`)
    .join(', ')})`;

/** Claims about the board, which is built from events. */
export async function theBoard(scene: Scene, site: string): Promise<void> {
  const { story } = scene;
  story.chapter('The public board');
  story.tell('The board is built from events alone, and is up to date within a second or two.');
  const sites = await eventually(
    () => boardOf(scene),
    (seen) => seen.some((one) => one.site === site && one.free === 1 && one.taken === 2),
  );
  for (const one of sites) story.show(shown(one));
  story.claim('one slot is free and two are taken', sites.length === 1, sites);
}

/** Claims about the clearinghouse's books. A worker moves the money after the booking. */
export async function theBooks({ story, clearinghouse, reserved, heard }: Scene): Promise<void> {
  story.chapter("The clearinghouse's books");
  story.tell('Payments were authorised before the booking. They are captured a few seconds after it:');
  for (const [slot, amount] of [
    [42, 0],
    [43, 2500],
  ] as const) {
    const entry = await eventually(
      () => entryOf(clearinghouse, String(reserved[slot])),
      (seen) => seen?.state === 'captured',
    );
    story.show(written(slot, entry));
    const once = entry?.effects.authorize === 1 && entry.effects.capture === 1 && entry.amount === amount;
    story.claim(
      `slot ${slot}: authorised once, captured once, ${(amount / 100).toFixed(2)} USD`,
      once,
      entry,
    );
  }
  const entries = await readBooks(clearinghouse);
  story.claim('no caller without a slot is in the books', entries.length === 2, entries);
  const told = heard.filter(({ type, data }) => type === 'slot.reserved' && data.slot_id === 43);
  story.claim('of fifty requests for slot 43 the bus got one event', told.length === 1, told);
}

/** Cancels a booking whose payment was captured: the slot is free at once, the refund follows. */
export async function theChangeOfMind(scene: Scene, site: string): Promise<void> {
  const { story, booker, clearinghouse } = scene;
  story.chapter('A cancellation');
  story.tell('A caller books slot 44 on v2, with a brand, pays, and then cancels, twice.');
  const path = '/api/v2/slots/44/reservations';
  const booked = await booker('POST', path, {
    headers: { 'Idempotency-Key': 'changed-my-mind' },
    body: { preferred_brand: 'Moderna' },
  });
  story.show(booked.text);
  story.claim(
    'v2 answers like v1, with the brand',
    booked.status === 200 && booked.body.brand === 'Moderna',
    booked.body,
  );
  const id = String(booked.body.reservation_id);
  await eventually(
    () => entryOf(clearinghouse, id),
    (seen) => seen?.state === 'captured',
  );
  const first = await booker('DELETE', `/api/v1/reservations/${id}`);
  const second = await booker('DELETE', `/api/v1/reservations/${id}`);
  story.claim(
    'cancelled; a repeat gets the same answer',
    first.status === 200 && second.text === first.text,
    [first.body, second.body],
  );
  const entry = await eventually(
    () => entryOf(clearinghouse, id),
    (seen) => seen?.state === 'refunded',
  );
  story.show(written(44, entry));
  story.claim(
    'captured once, refunded once',
    entry?.effects.capture === 1 && entry.effects.refund === 1,
    entry,
  );
  const board = await eventually(
    () => boardOf(scene),
    (seen) => seen.some((one) => one.site === site && one.free === 1 && one.taken === 2),
  );
  for (const one of board) story.show(shown(one));
  const slot = await booker('GET', '/api/v1/slots/44');
  story.claim('slot 44 is free for another caller', slot.body.state === 'free', slot.body);
}
