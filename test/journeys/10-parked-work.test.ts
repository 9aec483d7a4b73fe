import { afterEach, describe, expect, it } from 'vitest';
import { deadLettersOn } from '#domain/relay/dead-letters.ts';
import { readReservationId } from '#domain/reservations/reservation-id.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { parkingIn } from '#lib/aws/parked-table.ts';
import { awsClient } from '#local/aws-client.ts';
import { redeliverAfter } from './deliveries.ts';
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
const parkedRecords = (tenant: string, limitMs?: number) =>
  eventually(
    () => list(tenant),
    (found) => found.length > 0,
    limitMs,
  );

afterEach(() => fetch(`${clearinghouse}/control`, { method: 'DELETE' }));

describe('parked work', () => {
  it('waits for an operator: a refused capture is captured once its cause is fixed and it is redriven', async () => {
    const slot = await newSlot({ price: { amount: 2500, currency: 'USD' } });
    await tell('clearinghouse', { call: 'capture', behaviour: 'refuse' });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [parked] = await parkedRecords(slot.name);
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
    expect((await books.until(id, 'captured'))?.effects).toMatchObject({ capture: 1, void: 0, refund: 0 });
    expect(await list(slot.name)).toEqual([]);
    expect(JSON.parse((await redrive('--tenant', slot.name)).stdout)).toMatchObject({ redriven: 0 });
  });

  it('is parked again when it is redriven too early', async () => {
    const slot = await newSlot();
    await tell('clearinghouse', { call: 'capture', behaviour: 'refuse' });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [first] = await parkedRecords(slot.name);
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
    expect((await books.until(id, 'captured'))?.effects.capture).toBe(1);
  });

  it('includes dead letters: a message that failed too often is redriven in the same way', async () => {
    const slot = await newSlot();
    const restore = await redeliverAfter('payment.settle', 4);
    await tell('clearinghouse', { call: 'capture', behaviour: 'fail', times: 3 });
    const id = String((await slot.reserve('mine')).body.reservation_id);
    const [dead] = await parkedRecords(slot.name, 150_000).finally(restore);
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
    expect((await books.until(id, 'captured'))?.effects.capture).toBe(1);
    expect(await list(slot.name)).toEqual([]);
  }, 200_000);
});

describe('a parked event', () => {
  it('is kept whole while later events go on, and stays parked while it is unreadable', async () => {
    const tenant = await newTenant();
    const event = { type: 'slot.changed', at: Date.now(), attempt: 'by-hand' };
    const item = { pk: `${tenant.name}#slot#7`, sk: 'slot', v: 1, state: 'free', past: {}, event, eventV: 1 };
    await store.table.putItem({ label: 'by-hand', item, condition: 'attribute_not_exists(#pk)' });
    const [parked] = await parkedRecords(tenant.name);
    expect(parked).toMatchObject({ kind: 'parked', from: 'relay', body: item });

    const tried = await redrive('--from', 'relay', '--tenant', tenant.name);
    expect(tried.code).toBe(1);
    expect(JSON.parse(tried.stdout)).toMatchObject({ redriven: 0, failed: 1 });
    expect(await list(tenant.name)).toHaveLength(1);
  });

  it('is published as it would have been, when it is redriven', async () => {
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
    const published = () => bus.heard.filter(({ tenant }) => tenant === slot.name);
    const [event] = await eventually(published, (events) => events.length > 0);
    expect(event).toMatchObject({
      id: `${slot.name}#slot#42@1`,
      type: 'slot.changed',
      data: { slot_id: 42 },
    });
    await bus.close();
    expect(await list(slot.name)).toEqual([]);
  });

  it('is redriven by a filter or --all only', async () => {
    const tried = await lockstep('dead-letters', 'redrive');
    expect(tried).toMatchObject({ code: 1, stdout: '' });
    expect(tried.stderr).toBe('Say which: --from NAME, --tenant NAME, or --all.\n');
  });
});
