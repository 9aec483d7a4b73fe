import * as z from 'zod';
import { ledgerAnswer } from '#domain/ledger/ledger-answer.ts';
import { readLedger } from '#domain/ledger/read-ledger.ts';
import { jsonLines, rowView } from '#domain/ledger/row-view.ts';
import { readSync } from '#domain/syncs/read-sync.ts';
import { exampleSyncPath } from '#domain/syncs/sync-answer.ts';
import { preferredType } from '#lib/accept.ts';
import type { Declaration } from '#lib/declaration.ts';
import { digest } from '#lib/ids.ts';
import { uuid } from '#lib/uuid-field.ts';
import { tenantDoor } from '#wiring/access.ts';
import { deployedLedger, deployedStore } from '#wiring/platform.ts';

const path = z.strictObject({ syncId: uuid });

export const api = {
  summary: 'Read the ledger of a sync',
  path,
  headers: ['Accept'],
  example: exampleSyncPath,
  answers: { 200: ledgerAnswer },
  problems: ['not-found'],
} satisfies Declaration;

/** Everything that was done for one sync, each row chained to the one before; as JSON, or one row a line where Accept asks for it. */
export const handler = tenantDoor<typeof api>({ path }, async ({ path, caller: { tenant }, event }) => {
  const { wire } = await readSync(deployedStore(), tenant, path.syncId);
  const rows = await readLedger(deployedLedger(), tenant, wire);
  const type = preferredType(event.headers.accept, [
    'application/json',
    'application/x-ndjson',
    'application/jsonl',
  ]);
  const told = { status: 200 as const, etag: digest(type, rows.at(-1)?.hash), headers: { Vary: 'Accept' } };
  return type === 'application/json'
    ? { ...told, body: { items: rows.map(rowView) } }
    : { ...told, type, text: jsonLines(rows) };
});
