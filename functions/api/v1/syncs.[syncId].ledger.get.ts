import * as z from 'zod';
import { readLedger } from '#domain/syncs/ledger/ledger.ts';
import { ledgerAnswer } from '#domain/syncs/ledger/ledger-answer.ts';
import { jsonLines, rowView } from '#domain/syncs/ledger/row-view.ts';
import { exampleSyncPath } from '#domain/syncs/sync-answer.ts';
import { readSync } from '#domain/syncs/syncs.ts';
import { preferredType } from '#lib/http/accept.ts';
import type { Declaration } from '#lib/http/declaration.ts';
import { uuid } from '#lib/http/uuid-field.ts';
import { digest } from '#lib/ids.ts';
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

/**
 * The ledger of one sync, each row chained to the one before: as JSON, or as one row a line if
 * Accept asks for it.
 */
export const handler = tenantDoor<typeof api>({ path }, async ({ path, caller: { tenant }, event }) => {
  const { outsideToken } = await readSync(deployedStore(), tenant, path.syncId);
  const rows = await readLedger(deployedLedger(), tenant, outsideToken);
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
