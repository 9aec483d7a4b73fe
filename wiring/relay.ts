import { parseKey } from '#domain/keys.ts';
import { circuitOutbox } from '#domain/participants/circuits/circuit-outbox.ts';
import { deadLettersOn } from '#domain/relay/dead-letters.ts';
import type { Destinations, Outbox } from '#domain/relay/relay.ts';
import { slotOutbox } from '#domain/reservations/slots/slot-outbox.ts';
import { ledgerOn } from '#domain/syncs/ledger/ledger.ts';
import { syncOutbox } from '#domain/syncs/sync-outbox.ts';
import { ticketOutbox } from '#domain/syncs/tickets/ticket-outbox.ts';
import { systemClock } from '#lib/clock.ts';
import { once } from '#lib/once.ts';
import { deployedDeadLetters, type Platform } from './platform.ts';

type Relaying = Pick<
  Platform,
  'clock' | 'settings' | 'bus' | 'queues' | 'executions' | 'ledger' | 'deadLetters'
>;

/** The outbox of each kind of item. The kind is the second part of the item's key. */
export const outboxesOn = ({
  clock,
  settings,
}: Pick<Platform, 'clock' | 'settings'>): Record<string, Outbox> => ({
  slot: slotOutbox(clock, settings('SETTLE_MARGIN_SECONDS') * 1000),
  sync: syncOutbox,
  ticket: ticketOutbox,
  systems: circuitOutbox,
});

/** Parks what workers and the relay cannot process. */
export const parkingOn = ({ deadLetters, clock }: Pick<Platform, 'deadLetters' | 'clock'>) =>
  deadLettersOn({ parked: deadLetters, clock }).park;

/** Every destination of the relay. */
export function relayToolsOn({ bus, queues, executions, ledger, ...platform }: Relaying): Destinations {
  const park = parkingOn(platform);
  return {
    outboxes: outboxesOn(platform),
    bus,
    queues,
    executions,
    record: ledgerOn({ ledger, clock: platform.clock }).record,
    park: ({ key, ...rest }) => park({ ...rest, tenant: parseKey(key).tenant }),
  };
}

export const parking = /* @__PURE__ */ once(() =>
  parkingOn({ deadLetters: deployedDeadLetters(), clock: systemClock }),
);
