import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import page from '#docs/api/page.json' with { type: 'json' };
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { type Exemplar, examplesAt, newExemplar } from './examples.ts';
import { eventually, withoutKey } from './running-lockstep.ts';
import { offices } from './served-offices.ts';
import { ticketOf } from './tickets.ts';

describe.each(['v1', 'v2'])('the OpenAPI document of %s', (version) => {
  it('is served without a key, and each of its examples succeeds for a new tenant', async () => {
    const tenant = await newExemplar();
    const { call, rest } = await examplesAt(tenant, `/api/${version}/openapi.json`);
    await call('putSlotsSlotId');

    const { reservation_id: reservationId } = await call('postSlotsSlotIdReservations');
    const reservation = { 'path.reservationId': String(reservationId) };
    await call('getReservationsReservationId', reservation);
    await call('deleteReservationsReservationId', reservation);

    const { sync_id: event } = await call('postEvents');
    await committed(tenant, String(event));
    await eventually(
      () => tenant.publisher('GET', `/api/v1/syncs/${event}/evidence`),
      ({ status }) => status === 200,
    );
    for (const id of ['getRollbacksTokenPlan', 'postRollbacksToken']) await call(id);

    const batch = await tenant.publisher('POST', '/api/v1/syncs', {
      headers: { 'Idempotency-Key': randomUUID() },
      body: {
        ...{ type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } },
        items: [{ id: 'p-1', amount_minor: 2_500 }],
      },
    });
    await call('getSyncsSyncIdItems', { 'path.syncId': String(batch.body.sync_id) });
    await rest();
  });
});

describe('the OpenAPI documents of /ops/v1', () => {
  it('are served to operators, and each of their examples succeeds', async () => {
    const tenant = await newExemplar();
    const refused = await tenant.publisher('GET', '/ops/v1/openapi.json');
    expect(refused.status).toBe(403);
    const { call, rest } = await examplesAt(tenant, '/ops/v1/openapi.json', tenant.keys.operator);
    for (const id of ['postSystemsNamePause', 'postSystemsNameResume', 'postSystemsNameRetryNow'])
      await call(id);

    const id = randomUUID();
    const wire = outsideTokenOf(tenant.name, id);
    await offices.tell('debit', { call: 'commit', behaviour: 'refuse', times: 100, key: wire });
    await tenant.publisher('POST', '/api/v1/events', {
      body: { id, type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } },
    });
    const ticket = await ticketOf(tenant.operator, id);
    await call('getTicketsTicketId', { 'path.ticketId': ticket.ticket_id });
    await call('postTicketsTicketIdActions', {
      'path.ticketId': ticket.ticket_id,
      'header.If-Match': ticket.etag,
    });
    await rest();
  });

  it('include the hooks of outside systems, and the hook’s example is accepted', async () => {
    const tenant = await newExemplar();
    const hooks = await examplesAt(tenant, '/ops/v1/hooks/openapi.json', tenant.keys.operator);
    const late = randomUUID();
    const asked = outsideTokenOf(tenant.name, late);
    await offices.tell('debit', { ...{ call: 'prepare', behaviour: 'ongoing', times: 100 }, key: asked });
    await tenant.publisher('POST', '/api/v1/events', {
      body: { id: late, type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } },
    });
    await eventually(
      () => offices.met('debit', asked, 'ongoing'),
      (met) => met,
    );
    await eventually(
      () => hooks.call('postSystem', { 'body.event_id': asked }).catch(() => undefined),
      (found) => found?.status === 'ok',
    );
    await hooks.rest();
    await committed(tenant, late);
  });
});

describe('the page of the API’s documents', () => {
  it('is served without a key, under its own content policy, and loads nothing else', async () => {
    const answer = await withoutKey('GET', '/api/docs');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toBe(page.policy);
    expect(answer.text).toBe(page.html);
    const again = await withoutKey('GET', '/api/docs', {
      headers: { 'If-None-Match': answer.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

const committed = (tenant: Exemplar, id: string) =>
  eventually(
    () => tenant.publisher('GET', `/api/v1/syncs/${id}`),
    ({ body }) => body.state === 'committed',
  );
