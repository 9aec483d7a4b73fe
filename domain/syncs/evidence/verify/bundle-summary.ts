import { readCheckpoint } from '#domain/syncs/evidence/checkpoint.ts';
import type { Bundle } from './bundle.ts';
import { type EvidenceCheck, Fault } from './fault.ts';

/** Which sync a bundle is about, and of which ledger. `ended`: how, or null while it has not. */
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

/** What has ended may have been turned round since: its last turn counts. To ask for an undo turns nothing, to undo what never came does. */
function endOf(rows: Bundle['rows']): string | null {
  const last = rows.findLast(
    ({ system, action, result }) => system === 'lockstep' && turns.includes(action) && result !== 'asked',
  );
  return last && (last.action === 'sync' || last.action === 'undo') ? last.result : null;
}

export const aboutInWords = ({ sync_id, outside_token, origin, rows, ended }: About): string =>
  `sync ${sync_id} (outside ${outside_token}) of ${origin ?? 'a ledger that only a checkpoint names'}, ${rows} rows, ${ended ? `ended: ${ended}` : 'not ended'}`;

/** What a sync is called outside follows from its tenant and its token: so a bundle is of the tenant that is asked about, or of another. */
export const checkTenant: EvidenceCheck = ({ sync_id, outside_token }, { outside }) => {
  if (!outside) return undefined;
  if (outside(sync_id) !== outside_token)
    throw new Fault(`this is another tenant's: of the one given, ${sync_id} is ${outside(sync_id)} outside`);
  return 'it is of the tenant given: what it is called outside follows from that';
};
