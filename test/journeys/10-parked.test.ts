import { afterEach, describe, expect, it } from 'vitest';
import { deadLettersOn } from '#domain/relay/dead-letters.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { parkingIn } from '#lib/aws/parked-table.ts';
import { awsClient } from '#local/aws-client.ts';
import {
  books,
  clearinghouse,
  eventually,
  lockstep,
  newSlot,
  newTenant,
  running,
  send,
  store,
  tap,
  tell,
} from './running-lockstep.ts';

const list = async (tenant: string) =>
  JSON.parse((await lockstep('dead-letters', 'list', '--tenant', tenant, '--json')).stdout);
const redrive = (...how: string[]) => lockstep('dead-letters', 'redrive', '--json', ...how);
const stands = (tenant: string) =>
  eventually(
    () => list(tenant),
    (found) => found.length > 0,
  );

afterEach(() => fetch(`${clearinghouse}/control`, { method: 'DELETE' }));

describe('what cannot be done by itself', () => {
  it('waits for an operator: a capture that was refused is captured once its cause is mended and it is brought back', async () => {
    const slot = await newSlot({ price: { amount: 2500, currency: 'USD' } });
    await tell('clearinghouse', { call: 'capture', behaviour: 'refuse' });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [parked] = await stands(slot.name);
    const { hold } = readReservationId(id)!;
    expect(parked).toMatchObject({
      kind: 'parked',
      from: 'payment.settle',
      tenant: slot.name,
      body: { slot: 42, hold },
    });
    expect(parked.reason).toMatch(/^payment-refused: /);
    const reservation = (await slot.booker('GET', `/api/v1/reservations/${id}`)).body;
    expect(reservation).toMatchObject({ state: 'booked', payment: { state: 'capture-refused' } });

    const dry = await redrive('--tenant', slot.name, '--dry-run');
    expect(JSON.parse(dry.stdout)).toEqual({ redriven: 1, failed: 0, dryRun: true });
    expect(await list(slot.name)).toHaveLength(1);

    await send(`${clearinghouse}/authorizations/${hold}/renew`, {});
    expect(await redrive('--tenant', slot.name, '--from', 'payment.settle')).toMatchObject({ code: 0 });
    expect((await books.come(id, 'captured'))?.effects).toMatchObject({ capture: 1, void: 0, refund: 0 });
    expect(await list(slot.name)).toEqual([]);
    expect(JSON.parse((await redrive('--tenant', slot.name)).stdout)).toMatchObject({ redriven: 0 });
  });

  it('stands here again when it was brought back too early', async () => {
    const slot = await newSlot();
    await tell('clearinghouse', { call: 'capture', behaviour: 'refuse' });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [first] = await stands(slot.name);
    for (let early = 0; early < 2; early++) {
      await redrive('--tenant', slot.name);
      const [again] = await eventually(
        () => list(slot.name),
        (found) => found.length === 1 && found[0].at > first.at && found[0].body.again,
      );
      expect(again).toMatchObject({ kind: 'parked', from: 'payment.settle', tenant: slot.name });
    }
    await send(`${clearinghouse}/authorizations/${readReservationId(id)?.hold}/renew`, {});
    await redrive('--tenant', slot.name);
    expect((await books.come(id, 'captured'))?.effects.capture).toBe(1);
  });

  it('is a dead letter when it has failed too often, and comes back too', async () => {
    const slot = await newSlot();
    await tell('clearinghouse', { call: 'capture', behaviour: 'fail', times: 3 });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [dead] = await stands(slot.name);
    expect(dead).toMatchObject({
      kind: 'dead-letter',
      from: 'payment.settle',
      tenant: slot.name,
      body: { slot: 42 },
    });
    expect((await books.of(id))?.state).toBe('authorized');

    expect(JSON.parse((await redrive('--tenant', slot.name)).stdout)).toMatchObject({
      redriven: 1,
      failed: 0,
    });
    expect((await books.come(id, 'captured'))?.effects.capture).toBe(1);
    expect(await list(slot.name)).toEqual([]);
  });
});

describe('an event that could not be told', () => {
  it('is kept whole beside the others, which go on; while nobody can read it, it stays', async () => {
    const tenant = await newTenant();
    const event = { type: 'slot.changed', at: Date.now(), attempt: 'by-hand' };
    const item = { pk: `${tenant.name}#slot#7`, sk: 'slot', v: 1, state: 'free', past: {}, event, eventV: 1 };
    await store.table.putItem({ label: 'by-hand', item, condition: 'attribute_not_exists(#pk)' });
    const [parked] = await stands(tenant.name);
    expect(parked).toMatchObject({ kind: 'parked', from: 'relay', body: item });

    const tried = await redrive('--from', 'relay', '--tenant', tenant.name);
    expect(tried.code).toBe(1);
    expect(JSON.parse(tried.stdout)).toMatchObject({ redriven: 0, failed: 1 });
    expect(await list(tenant.name)).toHaveLength(1);
  });

  it('is told when it is brought back, as it would have been', async () => {
    const slot = await newSlot();
    const image = await store.table.getItem({ pk: `${slot.name}#slot#42`, sk: 'slot' });
    const parked = dynamoTable({
      call: sdkCalls(dynamoClient(awsClient(running.env))),
      name: running.outputs.ParkedTableName ?? '',
    });
    await deadLettersOn({ parked: parkingIn(parked), clock: store.clock }).park({
      ...{ from: 'relay', tenant: slot.name, code: 'unreadable' },
      reason: 'unreadable',
      body: image,
    });
    const bus = await tap();
    await redrive('--from', 'relay', '--tenant', slot.name);
    const told = () => bus.heard.filter(({ tenant }) => tenant === slot.name);
    const [event] = await eventually(told, (heard) => heard.length > 0);
    expect(event).toMatchObject({
      id: `${slot.name}#slot#42@1`,
      type: 'slot.changed',
      data: { slot_id: 42 },
    });
    await bus.close();
    expect(await list(slot.name)).toEqual([]);
  });

  it('is not brought back by a word too few: a filter, or --all', async () => {
    const tried = await lockstep('dead-letters', 'redrive');
    expect(tried).toMatchObject({ code: 1, stdout: '' });
    expect(tried.stderr).toBe('Say which: --from NAME, --tenant NAME, or --all.\n');
  });
});
