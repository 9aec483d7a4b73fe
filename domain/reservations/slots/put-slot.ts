import { keys } from '#domain/keys.ts';
import type { Price } from '#events/slot-data.ts';
import type { Store } from '#lib/aws/table.ts';
import { Problem } from '#lib/problem.ts';
import type { Slot } from './slot.ts';

/**
 * `change`: a new id per attempt. `ifMatch`: the versions that may be changed, or any; without it
 * only a new slot may be created.
 */
export type PutSlot = {
  tenant: string;
  slot: number;
  change: string;
  ifMatch?: number[] | 'any' | undefined;
  ifNoneMatch?: boolean | undefined;
} & Described;
type Described = {
  site: string;
  startsAt: string;
  endsAt?: string | undefined;
  price?: Price | undefined;
  brands?: string[] | undefined;
};
export type Put = { slot: Slot; created: boolean };

const described = ['site', 'startsAt', 'endsAt', 'price', 'brands'] as const;

/**
 * Creates a slot, or changes its description. State, holder and payments are not touched, so a
 * change may come between a hold and its booking.
 */
export async function putSlot(command: PutSlot, store: Store): Promise<Put> {
  if (command.ifMatch !== undefined) return change(command, store);
  const { table, clock } = store;
  const fields = Object.fromEntries(
    described.flatMap((name) => (command[name] === undefined ? [] : [[name, command[name]]])),
  );
  const item = {
    ...keys.slot(command.tenant, command.slot),
    v: 1,
    state: 'free',
    past: {},
    ...fields,
    event: changed(command, clock.now()),
    eventV: 1,
  };
  // Promises: there was no such slot. An item with `v` is never deleted, so there never was
  // another one.
  const decision = await table.putItem({ label: 'make-slot', item, condition: 'attribute_not_exists(#pk)' });
  if (decision.accepted || mine(decision.item, command))
    return { slot: decision.item as Slot, created: true };
  throw new Problem(command.ifNoneMatch ? 'precondition-failed' : 'precondition-required', {
    detail: 'The slot exists: name the version to change in If-Match.',
  });
}

async function change(command: PutSlot, { table, clock }: Store): Promise<Put> {
  const given = described.filter((name) => command[name] !== undefined);
  const absent = described.filter((name) => command[name] === undefined);
  const versions = command.ifMatch === 'any' ? [] : (command.ifMatch ?? []);
  if (command.ifMatch !== 'any' && versions.length === 0) throw new Problem('precondition-failed');
  // Promises: the slot is still in one of the versions that the caller has seen.
  const decision = await table.updateItem({
    label: 'change-slot',
    key: keys.slot(command.tenant, command.slot),
    update: `SET ${given.map((name) => `#${name} = :${name}`).join(', ')}, #event = :event, #eventV = #v + :one, #v = #v + :one
      ${absent.length > 0 ? `REMOVE ${absent.map((name) => `#${name}`).join(', ')}` : ''}`,
    condition: `attribute_exists(#pk)${versions.length > 0 ? ` AND #v IN (${versions.map((_, i) => `:v${i}`).join(', ')})` : ''}`,
    values: {
      ...Object.fromEntries(given.map((name) => [name, command[name]])),
      ...Object.fromEntries(versions.map((v, i) => [`v${i}`, v])),
      ...{ one: 1, event: changed(command, clock.now()) },
    },
  });
  if (decision.accepted || mine(decision.item, command))
    return { slot: decision.item as Slot, created: false };
  throw decision.item
    ? new Problem('precondition-failed')
    : new Problem('precondition-failed', { detail: 'There is no such slot.' });
}

const changed = ({ change }: PutSlot, at: number) => ({ type: 'slot.changed', at, attempt: change });
const mine = (item: unknown, { change }: PutSlot): boolean =>
  (item as Slot | undefined)?.event.attempt === change;
