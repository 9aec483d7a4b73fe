import { marshall } from '@aws-sdk/util-dynamodb';
import { vi } from 'vitest';
import { hashOf, mintKey } from '#domain/access/api-keys.ts';
import { keys } from '#domain/keys.ts';
import { handler as post } from '#functions/api/v1/syncs.post.ts';
import { stubDoor } from '#test/lib/door-environment.ts';
import { ask } from '#test/lib/proxy-event.ts';
import { fakeDynamo } from './fake-dynamo.ts';
import { tenant } from './syncs-world.ts';

export const [publisher, reader, stranger] = [mintKey(tenant), mintKey(tenant), mintKey('other')];
export const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const sync = { type: 'benefit_adjusted', payload: { state: 'OH', delta_usd: 25 } };
export const send = (
  key: string,
  more: {
    body?: object;
    query?: Record<string, string[]>;
    headers?: Record<string, string>;
    as?: string;
  } = {},
) =>
  ask(post, {
    method: 'POST',
    path: '/api/v1/syncs',
    headers: {
      ...bearer(more.as ?? publisher),
      'Idempotency-Key': key,
      'Content-Type': 'application/json',
      ...more.headers,
    },
    body: JSON.stringify({ ...sync, ...more.body }),
    ...(more.query && { query: more.query }),
  });

/** Doors on tables with the keys of a publisher, an operator and another tenant. */
export async function openDoors() {
  const dynamo = await fakeDynamo();
  stubDoor();
  const { endpoint, region, credentials } = dynamo.at;
  const aws = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const set = {
    LEDGER: 'Ledger',
    SYSTEMS: 'debit,cheques,dashboard',
    MAX_WAIT_SECONDS: '20',
    SYNC_DEADLINE_SECONDS: '3600',
    WATCHDOG_SECONDS: '120',
    KEY_CACHE_SECONDS: '60',
    WAIT_SECONDS: '5',
    REFUSED_COMMITS: '3',
    BATCH_LEG_SECONDS: '10',
  };
  for (const [name, value] of Object.entries({ ...aws, ...set })) vi.stubEnv(name, value);
  const access = (whose: string, all: [string, string][]) =>
    dynamo.put(
      'Table',
      marshall({
        ...keys.access(whose),
        v: 1,
        keys: Object.fromEntries(
          all.map(([key, role], i) => [`k${i}`, { hash: hashOf(key), role, createdAt: '' }]),
        ),
      }),
    );
  access(tenant, [
    [publisher, 'publisher'],
    [reader, 'operator'],
  ]);
  access('other', [[stranger, 'publisher']]);
  return dynamo;
}
