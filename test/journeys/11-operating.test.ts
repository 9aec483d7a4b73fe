import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, lockstep, newSlot, newTenant, withoutKey } from './running-lockstep.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const csv = async (name: string, ...rows: string[]) => {
  const file = join(folder, name);
  await writeFile(file, ['slot_id,site,starts_at,ends_at,amount,currency,brands', ...rows, ''].join('\n'));
  return file;
};

describe('slots imported from a CSV file', () => {
  it('are made in one run; a second run changes them only with --update', async () => {
    const { name, booker, scheduler } = await newTenant();
    const file = await csv(
      'slots.csv',
      '1,Harbour,2027-01-15T09:00:00Z,,0,USD,Pfizer|Moderna',
      '2,Harbour,2027-01-15T10:00:00+01:00,,,,',
    );
    const run = async (path: string, ...how: string[]) =>
      JSON.parse((await lockstep('slots', 'import', path, '--tenant', name, '--json', ...how)).stdout);
    expect(await run(file)).toEqual({ made: 2, changed: 0, unchanged: 0, skipped: 0 });
    const first = await booker('GET', '/api/v1/slots/1');
    expect(first.body).toMatchObject({
      site: 'Harbour',
      price: { amount: 0, currency: 'USD' },
      brands: ['Pfizer', 'Moderna'],
    });
    expect((await booker('GET', '/api/v1/slots/2')).body.starts_at).toBe('2027-01-15T09:00:00.000Z');

    const moved = await csv(
      'moved.csv',
      '1,Hill,2027-01-15T09:00:00Z,,0,USD,Pfizer|Moderna',
      '3,Hill,2027-01-15T09:00:00Z,,,,',
    );
    expect(await run(moved)).toEqual({ made: 1, changed: 0, unchanged: 0, skipped: 1 });
    expect(await run(moved, '--update')).toEqual({ made: 0, changed: 1, unchanged: 1, skipped: 0 });
    expect((await booker('GET', '/api/v1/slots/1')).body.site).toBe('Hill');
    const stale = await scheduler('PUT', '/api/v1/slots/1', {
      headers: { 'If-Match': '"1"' },
      body: { site: 'Hill', starts_at: '2027-01-15T09:00:00Z' },
    });
    expect(stale.status).toBe(412);
    await eventually(
      () => booker('GET', '/api/v1/slots?site=Hill'),
      ({ body }) => (body.items as unknown[]).length === 2,
    );
  });

  it('are not written when a row is invalid, and the line and field are named', async () => {
    const { name, booker } = await newTenant();
    const file = await csv(
      'wrong.csv',
      '1,Harbour,2027-01-15T09:00:00Z,,,,',
      '2,Harbour,tomorrow,,,,',
      'x,Harbour,2027-01-15T09:00:00Z,,5,,Snake Oil',
    );
    const { code, stdout, stderr } = await lockstep('slots', 'import', file, '--tenant', name);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const named of [
      'line 3, starts_at: ',
      'line 4, slot_id: ',
      'line 4, currency: ',
      'line 4, brands: ',
    ])
      expect(stderr).toContain(named);
    expect(stderr).toContain('nothing was written');
    expect((await booker('GET', '/api/v1/slots/1')).status).toBe(404);
  });
});

describe('every answer', () => {
  it('of health carries the status and the build', async () => {
    const { status, body } = await withoutKey('GET', '/api/v1/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      commit: expect.any(String),
    });
  });

  it('carries API-Version, a request id and the trace, refusals included', async () => {
    const { booker, path, reserve } = await newSlot();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const headers = { traceparent };
    const answers = [
      await booker('GET', path, { headers }),
      await booker('GET', path, { headers: { ...headers, 'If-None-Match': '"1"' } }),
      await booker('GET', '/api/v1/slots/0', { headers }),
      await withoutKey('GET', path, { headers }),
      await withoutKey('GET', '/api/v1/nothing', { headers }),
      await withoutKey('OPTIONS', path, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 400, 401, 404, 204]);
    for (const { headers: responseHeaders } of answers) {
      expect(responseHeaders.get('api-version')).toBe('v1');
      expect(responseHeaders.get('traceparent')).toMatch(
        /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/,
      );
    }
    const ids = answers.map(({ headers: responseHeaders }) => responseHeaders.get('x-request-id'));
    expect(ids.every(Boolean)).toBe(true);
    expect(new Set(ids).size).toBe(answers.length);
    expect(answers[2]?.body.instance).toBe(`urn:request:${ids[2]}`);
    expect((await reserve('mine', { version: 'v2' })).headers.get('api-version')).toBe('v2');
    expect((await withoutKey('GET', '/nowhere')).headers.get('api-version')).toBe('v2');
  });
});
