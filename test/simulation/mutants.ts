/** Bugs that a later hand might write. Each is planted by replacing text of the product; a text that is no longer there fails the run. */
export type Mutant = Planted & { story: string; also?: Planted[] };
type Planted = { file: string; edits: [find: string, replace: string][] };

const slots = 'domain/reservations/slots.ts';
const anyone = "'#state = :held AND (#hold = :hold OR attribute_exists(#pk))'";

export const mutants: Mutant[] = [
  {
    story: 'confirm does not ask whose hold it is',
    file: slots,
    edits: [
      [
        "condition: '#state = :held AND #hold = :hold',\n      values: { booked:",
        `condition: ${anyone},\n      values: { booked:`,
      ],
    ],
  },
  {
    story: 'release does not ask whose hold it is',
    file: slots,
    edits: [
      [
        "condition: '#state = :held AND #hold = :hold',\n      values: {\n        ...{ free:",
        `condition: ${anyone},\n      values: {\n        ...{ free:`,
      ],
    ],
  },
  {
    story: 'a lapsed hold waits for its item to be expired away',
    file: slots,
    edits: [['(#state = :free OR (#state = :held AND #until < :now))', '#state = :free']],
  },
  {
    story: 'settling reads the slot before it writes, and believes what it read',
    file: 'domain/reservations/bookings.ts',
    edits: [
      [
        "const decision = await table.updateItem({\n      label: 'let-go',",
        "const seen = await table.getItem(keys.slot(tenant, slot));\n    const decision = await table.updateItem({\n      label: 'let-go',",
      ],
      [
        "!decision.accepted && standingOf(decision.item as Slot | undefined, hold) === 'booked'",
        "(decision, standingOf(seen as Slot | undefined, hold) === 'booked')",
      ],
    ],
  },
  {
    story: 'a lost answer is taken for a refusal',
    file: slots,
    edits: [
      ["if (decision.accepted || (slot?.state === 'held' && slot.hold === id))", 'if (decision.accepted)'],
    ],
  },
  {
    story: 'an intent that somebody else wrote is not finished',
    file: 'domain/payments/settle-payment.ts',
    edits: [['if (isIntent(payment?.state)) {', 'if (isIntent(payment?.state) && turn > 0) {']],
  },
  {
    story: 'settled requests are not consulted',
    file: slots,
    edits: [
      ['attribute_not_exists(#past.#mine)', '(attribute_not_exists(#past.#mine) OR attribute_exists(#pk))'],
    ],
  },
  {
    story: 'the tenant is not in the key',
    file: 'domain/keys.ts',
    edits: [['tenant}#slot#$', "tenant && 'all'}#slot#$"]],
  },
  {
    story: 'any write tells the last event again',
    file: 'domain/publishing/relay-images.ts',
    edits: [['item.event && item.eventV === item.v', 'item.event && item.eventV !== item.v']],
  },
];
