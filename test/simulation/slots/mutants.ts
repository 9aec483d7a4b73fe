import type { Mutant } from '#test/simulation/engine/plant.ts';

const anyHold = "'#state = :held AND (#hold = :hold OR attribute_exists(#pk))'";

/** Bugs that a later change might bring into reservations. */
export const mutants: Mutant[] = [
  {
    ...{ story: 'confirm does not ask whose hold it is', seed: 20_362 },
    pins: [
      {
        in: 'slotsOn',
        code: "condition: '#state = :held AND #hold = :hold', values: { booked:",
        by: `condition: ${anyHold}, values: { booked:`,
      },
    ],
  },
  {
    ...{ story: 'release does not ask whose hold it is', seed: 20_416 },
    pins: [
      {
        in: 'slotsOn',
        code: "condition: '#state = :held AND #hold = :hold', values: { ...{ free:",
        by: `condition: ${anyHold}, values: { ...{ free:`,
      },
    ],
  },
  {
    ...{ story: 'a lapsed hold waits for its item to be expired away', seed: 20_030 },
    pins: [
      {
        in: 'slotsOn',
        text: '(#state = :free OR (#state = :held AND #until < :now))',
        by: '#state = :free',
      },
    ],
  },
  {
    ...{ story: 'settling reads the slot before it writes, and believes what it read', seed: 21_102 },
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
    ...{ story: 'a lost answer is taken for a refusal', seed: 20_041 },
    pins: [
      {
        in: 'slotsOn',
        code: "if (decision.accepted || (slot?.state === 'held' && slot.hold === id))",
        by: 'if (decision.accepted)',
      },
    ],
  },
  {
    ...{ story: 'an intent that somebody else wrote is not finished', seed: 20_004 },
    pins: [
      {
        in: 'settlePayment',
        code: 'if (isIntent(payment?.state))',
        by: 'if (isIntent(payment?.state) && turn > 0)',
      },
    ],
  },
  {
    ...{ story: 'settled requests are not consulted', seed: 20_004 },
    pins: [
      {
        in: 'slotsOn',
        text: 'attribute_not_exists(#past.#mine)',
        by: '(attribute_not_exists(#past.#mine) OR attribute_exists(#pk))',
      },
    ],
  },
  {
    ...{ story: 'the tenant is not in the key', seed: 20_001 },
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
    ...{ story: 'any write tells the last event again', seed: 20_002 },
    pins: [
      {
        in: 'relayImages',
        code: 'item.event && item.eventV === item.v',
        by: 'item.event && item.eventV !== item.v',
      },
    ],
  },
];
