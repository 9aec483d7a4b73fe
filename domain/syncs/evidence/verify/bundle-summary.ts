import { readCheckpoint } from '#domain/syncs/evidence/checkpoint.ts';
import type { Bundle } from './bundle.ts';
import { type EvidenceCheck, Fault } from './fault.ts';

/** The sync and ledger of a bundle. `ended`: how, or null while it has not. */
export type About = {
  sync_id: string;
  outside_token: string;
  origin: string | null;
  rows: number;
  ended: string | null;
};

export const aboutOf = ({ sync_id, outside_token, checkpoint, rows }: Bundle): About => ({
  ...{ sync_id, outside_token, origin: (checkpoint && readCheckpoint(checkpoint.text)?.origin) ?? null },
  ...{ rows: rows.length, ended: endOf(rows) },
});

const turns = ['decide', 'wake', 'park', 'sync', 'undo'];

/**
 * A sync that ended may have been undone since: the last such row counts. A requested undo ends
 * nothing, except for a sync that was never accepted.
 */
function endOf(rows: Bundle['rows']): string | null {
  const last = rows.findLast(
    ({ system, action, result }) => system === 'lockstep' && turns.includes(action) && result !== 'asked',
  );
  return last && (last.action === 'sync' || last.action === 'undo') ? last.result : null;
}

export const aboutInWords = ({ sync_id, outside_token, origin, rows, ended }: About): string =>
  `sync ${sync_id} (outside ${outside_token}) of ${origin ?? 'a ledger that only a checkpoint names'}, ${rows} rows, ${ended ? `ended: ${ended}` : 'not ended'}`;

/** The outside token follows from tenant and sync id: a mismatch means another tenant's bundle. */
export const checkTenant: EvidenceCheck = ({ sync_id, outside_token }, { outside }) => {
  if (!outside) return undefined;
  if (outside(sync_id) !== outside_token)
    throw new Fault(`this is another tenant's: of the one given, ${sync_id} is ${outside(sync_id)} outside`);
  return 'it is of the tenant given: what it is called outside follows from that';
};
