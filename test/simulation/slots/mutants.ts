import type { Mutant } from '#test/simulation/engine/plant.ts';

const anyHold = "'#state = :held AND (#hold = :hold OR attribute_exists(#pk))'";

/** Bugs that a later change might bring into reservations. */
export const mutants: Mutant[] = [
  {
    story: 'confirm ignores the hold’s id',
    pins: [
      {
        in: 'slotsOn',
        code: "condition: '#state = :held AND #hold = :hold', values: { booked:",
        by: `condition: ${anyHold}, values: { booked:`,
      },
    ],
  },
  {
    story: 'release ignores the hold’s id',
    pins: [
      {
        in: 'slotsOn',
        code: "condition: '#state = :held AND #hold = :hold', values: { ...{ free:",
        by: `condition: ${anyHold}, values: { ...{ free:`,
      },
    ],
  },
  {
    story: 'an expired hold is free only after its TTL has deleted it',
    pins: [
      {
        in: 'slotsOn',
        text: '(#state = :free OR (#state = :held AND #until < :now))',
        by: '#state = :free',
      },
    ],
  },
  {
    story: 'settling decides on an earlier read of the slot',
    pins: [
      {
        in: 'bookedSlotsOn',
        code: "const decision = await table.updateItem({ label: 'let-go',",
        by: "const seen = await table.getItem(keys.slot(tenant, slot)); const decision = await table.updateItem({ label: 'let-go',",
      },
      {
        in: 'bookedSlotsOn',
        code: "!decision.accepted && holdStateOf(decision.item as Slot | undefined, hold) === 'booked'",
        by: "(decision, holdStateOf(seen as Slot | undefined, hold) === 'booked')",
      },
    ],
  },
  {
    story: 'a lost answer counts as a refusal',
    pins: [
      {
        in: 'slotsOn',
        code: "if (decision.accepted || (slot?.state === 'held' && slot.hold === id))",
        by: 'if (decision.accepted)',
      },
    ],
  },
  {
    story: 'an intent of another worker is not finished',
    pins: [
      {
        in: 'settlePayment',
        code: 'if (isIntent(payment?.state))',
        by: 'if (isIntent(payment?.state) && turn > 0)',
      },
    ],
  },
  {
    story: 'settled requests are ignored',
    pins: [
      {
        in: 'slotsOn',
        text: 'attribute_not_exists(#past.#mine)',
        by: '(attribute_not_exists(#past.#mine) OR attribute_exists(#pk))',
      },
    ],
  },
  {
    story: 'the slot’s key lacks the tenant',
    pins: [
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the product's text
      {
        in: 'keys',
        code: 'pk: `${tenant}#slot#${slot}`',
        by: "pk: `${tenant && 'all'}#slot#${slot}`",
      },
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is the product's text
    ],
  },
  {
    story: 'any write publishes the last event again',
    pins: [
      {
        in: 'relayImages',
        code: 'item.event && item.eventV === item.v',
        by: 'item.event && item.eventV !== item.v',
      },
    ],
  },
];
