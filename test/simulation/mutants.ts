/** Bugs that a later hand might write. Each is planted by replacing text of the product; a text that is no longer there fails the run. */
export type Mutant = { story: string; file: string; edits: [find: string, replace: string][] };

const slots = 'domain/reservations/slots.ts';
const bookings = 'domain/reservations/bookings.ts';
const anyone = "'#state = :held AND (#hold = :hold OR attribute_exists(#pk))'";

export const mutants: Mutant[] = [
  {
    story: 'confirm does not ask whose hold it is',
    file: slots,
    edits: [["condition: '#state = :held AND #hold = :hold',\n      values: { booked:", `condition: ${anyone},\n      values: { booked:`]],
  },
  {
    story: 'release does not ask whose hold it is',
    file: slots,
    edits: [["condition: '#state = :held AND #hold = :hold',\n      values: {\n        ...{ free:", `condition: ${anyone},\n      values: {\n        ...{ free:`]],
  },
  {
    story: 'a lapsed hold waits for its item to be expired away',
    file: slots,
    edits: [['(#state = :free OR (#state = :held AND #until < :now))', '#state = :free']],
  },
  {
    story: 'settling reads the slot before it writes, and believes what it read',
    file: bookings,
    edits: [
      ["const decision = await table.update({\n      label: 'let-go',", "const seen = await table.get(keys.slot(tenant, slot));\n    const decision = await table.update({\n      label: 'let-go',"],
      ["!decision.accepted && standingOf(decision.item as Slot | undefined, hold) === 'booked'", "(decision, standingOf(seen as Slot | undefined, hold) === 'booked')"],
    ],
  },
  {
    story: 'a lost answer is taken for a refusal',
    file: slots,
    edits: [["if (decision.accepted || (slot?.state === 'held' && slot.hold === id))", 'if (decision.accepted)']],
  },
  {
    story: 'an intent that somebody else wrote is not finished',
    file: 'domain/payments/settle-payment.ts',
    edits: [['if (isIntent(payment?.state)) {', 'if (isIntent(payment?.state) && turn > 0) {']],
  },
  {
    story: 'settled requests are not consulted',
    file: slots,
    edits: [['attribute_not_exists(#past.#mine)', '(attribute_not_exists(#past.#mine) OR attribute_exists(#pk))']],
  },
  {
    story: 'the tenant is not in the key',
    file: 'domain/keys.ts',
    edits: [['pk: `${tenant}#slot#${slot}`', "pk: `${tenant && 'all'}#slot#${slot}`"]],
  },
  {
    story: 'a hold that was let go is taken again by the repeat of its own lost answer',
    file: slots,
    edits: [['NOT contains(#open, :hold) AND size', '(NOT contains(#open, :hold) OR attribute_exists(#pk)) AND size']],
  },
  {
    story: 'a payment is struck although the slot says something else by now',
    file: bookings,
    edits: [['condition: `contains(#open, :hold) AND ${still}`', 'condition: `contains(#open, :hold) AND (attribute_exists(#pk) OR ${still})`']],
  },
  {
    story: 'any write tells the last event again',
    file: 'domain/publishing/relay-images.ts',
    edits: [['item.event && item.eventV === item.v', 'item.event && item.eventV !== item.v']],
  },
];
