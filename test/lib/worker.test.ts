import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { Problem } from '#lib/problem.ts';
import { worker } from '#lib/worker.ts';

type Parked = { from: string; tenant: string; code: string; reason: string; body: unknown };
let parked: Parked[];
let parking: () => Promise<void>;
const ran: number[] = [];

const handler = worker({
  name: 'thing.do',
  data: z.strictObject({ tenant: z.string(), n: z.int() }),
  park: () => async (one) => {
    await parking();
    parked.push(one);
  },
  run: async ({ n }) => {
    if (n === 13) throw new Problem('payment-refused', { detail: 'No.' });
    if (n === 99) throw new Error('away');
    ran.push(n);
    return 'done';
  },
});

const deliver = (...bodies: unknown[]): Promise<SQSBatchResponse> => {
  const Records = bodies.map((body, i) => ({
    messageId: `m${i}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }));
  return handler({ Records } as unknown as SQSEvent, { getRemainingTimeInMillis: () => 10_000 } as Context);
};
const failed = ({ batchItemFailures }: SQSBatchResponse) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  [parked, parking] = [[], async () => {}];
  ran.length = 0;
  return () => vi.unstubAllEnvs();
});

describe('a worker', () => {
  it('returns only messages that met an outage to its queue, and completes the others', async () => {
    expect(
      failed(await deliver({ tenant: 'acme', n: 1 }, { tenant: 'acme', n: 99 }, { tenant: 'acme', n: 3 })),
    ).toEqual(['m1']);
    expect(ran.toSorted()).toEqual([1, 3]);
    expect(parked).toEqual([]);
  });

  it('returns all messages to its queue when each met an outage', async () => {
    expect(failed(await deliver({ tenant: 'acme', n: 99 }, { tenant: 'acme', n: 99 }))).toEqual(['m0', 'm1']);
  });

  it('parks a refused message whole, and does not get it again', async () => {
    expect(failed(await deliver({ tenant: 'acme', n: 13 }))).toEqual([]);
    expect(parked).toEqual([
      {
        ...{ from: 'thing.do', tenant: 'acme', body: { tenant: 'acme', n: 13 } },
        ...{ code: 'payment-refused', reason: 'payment-refused: No.' },
      },
    ]);
  });

  it.each([
    ['{', 'unknown', '{'],
    [{ tenant: 'acme' }, 'acme', { tenant: 'acme' }],
    [{ detail: { tenant: 'acme' }, n: 1 }, 'acme', { detail: { tenant: 'acme' }, n: 1 }],
    [{ tenant: 'acme#slot', n: 'x' }, 'unknown', { tenant: 'acme#slot', n: 'x' }],
    ['null', 'unknown', null],
  ])('parks an unreadable message (%j) under the tenant that it names', async (body, tenant, whole) => {
    expect(failed(await deliver(body))).toEqual([]);
    expect(parked).toMatchObject([
      { tenant, body: whole, code: 'unreadable', reason: expect.stringMatching(/^unreadable/) },
    ]);
  });

  it('returns a message to its queue when it cannot be parked', async () => {
    parking = async () => Promise.reject(new Error('away'));
    expect(
      failed(await deliver({ tenant: 'acme', n: 13 }, '{', { tenant: 'acme', n: 1 })).toSorted(),
    ).toEqual(['m0', 'm1']);
    expect(ran).toEqual([1]);
  });
});
