import { uuidOf } from '#lib/uuid.ts';

/** A sync's id, which is its rollback token, in any spelling of a UUID. */
export function readSyncId(typed: string): string {
  const id = uuidOf(typed);
  if (!id) throw new Error(`${typed} is not the id of a sync, which is a UUID.`);
  return id;
}
