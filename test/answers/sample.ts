import type { Seen } from './recorder.ts';

export const problem = (code: string, fields: object = {}) =>
  JSON.stringify({ type: `urn:problem-type:lockstep:${code}`, title: 'No', status: 404, code, ...fields });
export const answer = (fields: Partial<Seen> = {}): Seen => ({
  method: 'GET',
  path: '/api/v1/slots/42',
  route: '/api/v1/slots/{slotId}',
  version: 1,
  sent: { headers: {}, body: '' },
  status: 200,
  headers: { etag: '"1.2"', date: 'Sun, 29 Nov 2026 08:25:14 GMT' },
  body: '{"slot_id":42,"state":"free","starts_at":"2027-01-15T09:00:00.000Z"}',
  ...fields,
});
export const isGone = answer({
  status: 404,
  headers: {},
  body: problem('not-found', { detail: 'No slot 42.' }),
});
