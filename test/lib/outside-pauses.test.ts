import { expect, it } from 'vitest';
import { isUnsent, Unreached, type UnreachedReason } from '#lib/outside/outside.ts';
import { bankAt, failureOf, partner } from '#test/systems/programmed-partner.ts';

it.each([
  ['seconds', '2', 2_000],
  ['more than an hour', '86400', 3_600_000],
  ['a date that has passed', 'Fri, 01 Jan 2021 00:00:00 GMT', 0],
  ['nothing that can be read', 'soon', undefined],
  ['nothing at all', undefined, undefined],
])('an outage carries the Retry-After of the system: %s', async (_, header, retryAfterMs) => {
  for (const status of [429, 503]) {
    const { url } = await partner((_, response) =>
      response.writeHead(status, header === undefined ? {} : { 'retry-after': header }).end('{}'),
    );
    expect(await failureOf(bankAt(url)())).toMatchObject({ reason: 'unavailable', retryAfterMs });
  }
});

it('an outage carries its Retry-After even where the rest of the answer never comes', async () => {
  const { url } = await partner((_, response) => {
    response.writeHead(503, { 'retry-after': '7' }).write('{"error":');
  });
  const outage = await failureOf(bankAt(url)({ call: 'brief' }));
  expect(outage).toMatchObject({ reason: 'unavailable', retryAfterMs: 7_000 });
});

it.each<[boolean, UnreachedReason[]]>([
  [true, ['too-late', 'address-refused', 'no-connection']],
  [false, ['connection', 'time-limit', 'unavailable', 'redirect', 'too-large', 'cut-off', 'not-json']],
])('an outage knows whether nothing was sent: %s', (certain, reasons) => {
  for (const reason of reasons) expect(isUnsent(new Unreached(reason)), reason).toBe(certain);
});
