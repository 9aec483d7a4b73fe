import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { type BooksEntry, entryOf, readBooks } from '#examples/labs/books.ts';
import { type Caller, callerOf } from '#examples/labs/caller.ts';
import { eventually } from '#examples/labs/eventually.ts';
import { type Tap, tapBus } from '#examples/labs/tap.ts';
import { sqsClient } from '#lib/aws/queues.ts';
import { awsClient } from '#local/aws-client.ts';
import { checkout } from '#local/folder.ts';
import { issueKey } from '#local/issue-key.ts';
import { storeOf } from '#local/store-of.ts';

export { eventually };

/** The Lockstep that all journeys share. */
export const running = inject('running');
export const store = storeOf(running);
export const sqs = sqsClient(awsClient(running.env));
export const queues: Record<string, { url: string; deadLetters: string }> = JSON.parse(
  running.outputs.Queues ?? '{}',
);
export const withoutKey = callerOf(running.baseUrl);

const systemAt = (name: string) => running.systems[name]?.url ?? '';

export const books = {
  all: () => readBooks(systemAt('clearinghouse')),
  of: (reservationId: string) => entryOf(systemAt('clearinghouse'), reservationId),
  /** Waits until the clearinghouse's entry of a reservation is in this state. */
  until: (reservationId: string, state: string): Promise<BooksEntry | undefined> =>
    eventually(
      () => books.of(reservationId),
      (entry) => entry?.state === state,
    ),
  /**
   * Waits until no payment of earlier tests is open, because an order to misbehave hits the next
   * call of any slot.
   */
  rest: () => eventually(books.all, (entries) => !entries.some(({ state }) => state === 'authorized')),
};

type Order = { call: string; behaviour: string; times?: number; delayMs?: number };
/** Makes an outside system misbehave in its next calls. */
export async function tell(system: 'clearinghouse' | 'eligibility', order: Order): Promise<void> {
  if (system === 'clearinghouse') await books.rest();
  await send(`${systemAt(system)}/control`, order);
}
export const send = async (url: string, body: unknown): Promise<unknown> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
};
export const clearinghouse = systemAt('clearinghouse');

export type Tenant = {
  name: string;
  keys: Record<'booker' | 'scheduler', string>;
  booker: Caller;
  scheduler: Caller;
  publisher: Caller;
  operator: Caller;
};
export const newName = (): string => `t${randomBytes(6).toString('hex')}`;

/** A tenant of its own for this test. */
export async function newTenant(): Promise<Tenant> {
  const name = newName();
  const keys = {
    booker: await issueKey(store, name, 'booker'),
    scheduler: await issueKey(store, name, 'scheduler'),
  };
  const as = async (role: 'publisher' | 'operator') =>
    callerOf(running.baseUrl, await issueKey(store, name, role));
  const [publisher, operator] = [await as('publisher'), await as('operator')];
  return {
    name,
    keys,
    booker: callerOf(running.baseUrl, keys.booker),
    scheduler: callerOf(running.baseUrl, keys.scheduler),
    publisher,
    operator,
  };
}

export const described = { site: 'Main Street Clinic', starts_at: '2027-01-15T09:00:00.000Z' };

/** A tenant with one free slot. */
export async function newSlot(
  fields: object = {},
): Promise<Tenant & { slot: number; path: string; reserve: Reserve }> {
  const tenant = await newTenant();
  const slot = 42;
  const made = await tenant.scheduler('PUT', `/api/v1/slots/${slot}`, { body: { ...described, ...fields } });
  if (made.status !== 201) throw new Error(`The slot could not be made: ${made.text}`);
  const reserve: Reserve = (key, { version = 'v1', ...rest } = {}) =>
    tenant.booker('POST', `/api/${version}/slots/${slot}/reservations`, {
      headers: { 'Idempotency-Key': key },
      ...rest,
    });
  return { ...tenant, slot, path: `/api/v1/slots/${slot}`, reserve };
}
type Reserve = (key: string, how?: { version?: 'v1' | 'v2'; body?: unknown }) => ReturnType<Caller>;

export const tap = (): Promise<Tap> =>
  tapBus({ aws: awsClient(running.env), bus: running.outputs.BusName ?? '' });

/** The command line, run as an operator runs it. */
export async function lockstep(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ...running.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, ['cli/lockstep.ts', ...args], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const [code, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
