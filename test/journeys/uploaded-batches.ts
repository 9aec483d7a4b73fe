import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bundle } from '#domain/syncs/evidence/verify/bundle.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { uuid8 } from '#lib/uuid.ts';
import { lockstep, type Tenant } from './running-lockstep.ts';
import { officeNames, offices } from './served-offices.ts';

type Publisher = Tenant['publisher'];
export const change = { type: 'benefit.adjusted', payload: { state: 'OH', delta_usd: 25 } };
export const cents = 2_500;
const nothing = { count: 0, amount_minor: 0 };

export const idOf = (number: number): string => `p-${String(number).padStart(6, '0')}`;
export const payments = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: idOf(at + 1), amount_minor: cents }));
export const lines = (count: number): string =>
  payments(count)
    .map((payment) => `${JSON.stringify(payment)}\n`)
    .join('');

export const asked = (body: object, key: string = randomUUID()) => ({
  headers: { 'Idempotency-Key': key },
  body,
});
type Upload = { upload_id: string; url: string; headers: Record<string, string> };

export const place = async (publisher: Publisher, declared: object): Promise<Upload> => {
  const begun = await publisher('POST', '/api/v1/uploads', asked(declared));
  expect(begun.status, begun.text).toBe(201);
  return begun.body as Upload;
};

/**
 * Uploads a batch as a publisher does: POST /uploads, then a plain PUT without AWS credentials.
 */
export async function uploaded(
  publisher: Publisher,
  count: number,
  body: string | Uint8Array,
  declared: object = {},
): Promise<{ upload: string }> {
  const { upload_id, url, headers } = await place(publisher, {
    count,
    amount_minor: count * cents,
    ...declared,
  });
  const put = await fetch(url, { method: 'PUT', headers, body });
  expect(put.status, await put.text()).toBe(200);
  return { upload: upload_id };
}

type Item = {
  index: number;
  item_id: string;
  system: string;
  result: string;
  reason?: string;
  chunk?: number;
  receipt?: { phase: string };
};

/**
 * A batch that is not sent yet. Its id is known, so that an office can be told to misbehave for
 * it.
 */
export function newBatch({ name: tenant, publisher }: Tenant) {
  const key = randomUUID();
  const id = uuid8(tenant, 'syncs', key);
  const path = `/api/v1/syncs/${id}`;
  /** A page of the results of its items. */
  const items = async (query: string) =>
    (await publisher('GET', `${path}/items?${query}`)).body.items as Item[];
  return {
    id,
    outsideToken: outsideTokenOf(tenant, id),
    async send(payments: unknown): Promise<void> {
      const deadline = new Date(Date.now() + 600_000).toISOString();
      const { status, text, body } = await publisher(
        'POST',
        '/api/v1/syncs',
        asked({ ...change, items: payments, deadline }, key),
      );
      expect([status, body.sync_id], text).toEqual([202, id]);
    },
    undo: (body?: object) => publisher('POST', `/api/v1/rollbacks/${id}`, body && { body }),
    plan: () => publisher('GET', `/api/v1/rollbacks/${id}/plan`),
    items,
    /** The distinct results of its items at all systems. */
    async results(): Promise<string[]> {
      const known = ['pending', 'committed', 'refused', 'reversed', 'released', 'skipped'];
      const pages = await Promise.all(known.map((result) => items(`result=${result}&limit=1`)));
      return known.filter((_, at) => pages[at]!.length > 0);
    },
    progress: async () =>
      (await publisher('GET', `${path}?progress=true`)).body.progress as {
        system: string;
        phase: string;
        done: number;
      }[],
    /**
     * The totals in all three books, their states, and the most effects of one kind at an office.
     */
    async books() {
      const entries = await Promise.all(officeNames.map((office) => offices.entry(office, tenant, id)));
      const times = entries.flatMap((entry) =>
        [entry, ...(entry?.chunks ?? [])].flatMap((one) => Object.values(one?.effects ?? {})),
      );
      return {
        stands: entries.map((entry) => entry?.items ?? nothing),
        states: entries.map((entry) => entry?.state),
        most: Math.max(...times),
      };
    },
    /** How often a payment was loaded and reversed, at the offices that book single items. */
    fate: (item: string) =>
      Promise.all((['debit', 'cheques'] as const).map((office) => offices.item(office, tenant, id, item))),
  };
}

/** The same values for all three systems. */
export const everywhere = <T>(one: T): T[] => officeNames.map(() => one);
export const all = (count: number) => everywhere({ count, amount_minor: count * cents });
export const none = everywhere(nothing);

/** Runs `lockstep verify`, which sees only the file and names the first row that is not signed. */
export async function expectVerifiedUpToSigned({ rows, covered_rows }: Bundle, text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const file = join(folder, 'bundle.json');
  writeFileSync(file, text);
  const { stdout } = await lockstep('verify', file, '--json');
  rmSync(folder, { recursive: true });
  const first = rows[covered_rows];
  expect(JSON.parse(stdout)).toMatchObject({
    good: first === undefined,
    checked: expect.arrayContaining([`${rows.length} rows, each chained to the one before it`]),
    ...(first && { unsigned: expect.stringContaining(`Row ${first.seq} (${first.system} ${first.action})`) }),
  });
}
