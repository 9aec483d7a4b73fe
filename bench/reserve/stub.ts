import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryTable } from '#table/memory-table.ts';
import type { Seen } from './calls-seen.ts';
import { refusedFrom } from './request.ts';
import { seed } from './seed.ts';
import { wireOf } from './wire.ts';

/**
 * A process that stands in for DynamoDB, EventBridge, eligibility and clearinghouse, and meters
 * the calls. `/reset` clears it, seeds the slots and sets the answer times; `/seen` returns the
 * calls since the last reset.
 */
let seen: Seen[] = [];
let delays = { awsMs: 0, businessMs: 0 };
let tables = new Map<string, ReturnType<typeof wireOf>>();
const tableOf = (name: string) =>
  tables.get(name) ?? tables.set(name, wireOf(memoryTable())).get(name) ?? wireOf(memoryTable());

const json = (response: ServerResponse, status: number, body: unknown, type = 'application/json') =>
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));

async function reset(settings: { awsMs?: number; businessMs?: number; slots?: number }) {
  [seen, tables] = [[], new Map()];
  delays = { awsMs: settings.awsMs ?? 0, businessMs: settings.businessMs ?? 0 };
  const product = memoryTable();
  await seed(product, settings.slots ?? 0, refusedFrom);
  tables.set('product', wireOf(product));
}

async function aws(target: string, body: Record<string, unknown>) {
  const [service = '', operation = ''] = target.split('.');
  if (service === 'AWSEvents')
    return { name: 'PutEvents', status: 200, units: 0, body: { FailedEntryCount: 0, Entries: [{}] } };
  return { name: operation, ...(await tableOf(String(body.TableName))(operation, body)) };
}

function business(url: string, { slot, key }: { slot?: number; key?: string }) {
  const refused = (slot ?? 0) >= refusedFrom;
  if (url.includes('/checks')) return { name: 'check', status: 200, body: { eligible: true } };
  return refused
    ? { name: 'authorize', status: 402, body: { error: 'insufficient-funds' } }
    : {
        name: 'authorize',
        status: 201,
        body: { authorization: key, state: 'authorized', status: 'authorized' },
      };
}

const server = createServer(async (request, response) => {
  const began = performance.now();
  const body = JSON.parse((await text(request)) || '{}');
  const url = request.url ?? '/';
  if (url === '/reset') {
    json(response, 200, await reset(body));
    return;
  }
  if (url === '/seen') {
    json(response, 200, seen);
    seen = [];
    return;
  }
  const target = request.headers['x-amz-target'];
  const done = target ? await aws(String(target), body) : business(url, body);
  const ms = target ? delays.awsMs : delays.businessMs;
  if (ms > 0) await wait(ms);
  seen.push({
    ...{ name: done.name, kind: target ? ('aws' as const) : ('business' as const) },
    ...{ units: 'units' in done ? done.units : 0, began, ended: performance.now() },
  });
  json(response, done.status, done.body, target ? 'application/x-amz-json-1.0' : undefined);
});
server.keepAliveTimeout = 60_000;
await once(server.listen(0, '127.0.0.1'), 'listening');
process.send?.((server.address() as AddressInfo).port);
process.on('disconnect', () => process.exit(0));
