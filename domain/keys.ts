import type { Key } from '#lib/aws/table.ts';

/**
 * Every key of the table. The tenant comes first in each, so that no key of one tenant can name an
 * item of another.
 */
export const keys = {
  access: (tenant: string): Key => ({ pk: `${tenant}#access`, sk: 'access' }),
  slot: (tenant: string, slot: number): Key => ({ pk: `${tenant}#slot#${slot}`, sk: 'slot' }),
  payment: (tenant: string, hold: string): Key => ({ pk: `${tenant}#payment#${hold}`, sk: 'payment' }),
  reservation: (tenant: string, slot: number, hold: string): Key => ({
    pk: `${tenant}#reservations`,
    sk: `${padded(slot)}#${hold}`,
  }),
  listedSlot: (tenant: string, slot: number): Key => ({ pk: `${tenant}#slots`, sk: padded(slot) }),
  boardSlot: (tenant: string, slot: number): Key => ({ pk: `${tenant}#board`, sk: `slot#${padded(slot)}` }),
  sync: (tenant: string, outsideToken: string): Key => ({ pk: `${tenant}#sync#${outsideToken}`, sk: 'sync' }),
  listedSync: (tenant: string, acceptedAt: number, syncId: string): Key => ({
    pk: `${tenant}#syncs`,
    sk: `${padded(acceptedAt)}#${syncId}`,
  }),
  ledger: (tenant: string, outsideToken: string, v: number): Key => ({
    pk: `${tenant}#ledger#${outsideToken}`,
    sk: padded(v),
  }),
  /** `lane`: a system, and its phase. */
  progress: (tenant: string, outsideToken: string, lane: string): Key => ({
    pk: `${tenant}#progress#${outsideToken}`,
    sk: lane,
  }),
  ticket: (tenant: string, id: string): Key => ({ pk: `${tenant}#ticket#${id}`, sk: 'ticket' }),
  listedTicket: (tenant: string, openedAt: number, id: string): Key => ({
    pk: `${tenant}#tickets`,
    sk: `${padded(openedAt)}#${id}`,
  }),
  /** These four belong to the deployment: no tenant's name begins with an underscore. */
  standing: (system: string): Key => ({ pk: '_#systems', sk: system }),
  manifest: (digest: string): Key => ({ pk: `_#manifest#${digest}`, sk: 'manifest' }),
  checkpoint: (number: number): Key => ({ pk: '_#checkpoints', sk: padded(number) }),
  /** Leaves are keyed by their root, so that any writer stores the same. */
  leaves: (root: string, page: number): Key => ({ pk: `_#leaves#${root}`, sk: padded(page) }),
  boardSite: (tenant: string, site: string): Key => ({ pk: `${tenant}#board`, sk: `site#${site}` }),
};

/** Sorts as the number does. */
export const padded = (slot: number): string => String(slot).padStart(16, '0');

/** What a table key names: `acme#slot#42` → tenant `acme`, kind `slot`. */
export function parseKey(key: Key): { tenant: string; kind: string; id: string } {
  const [tenant = '', kind = '', ...id] = key.pk.split('#');
  return { tenant, kind, id: id.join('#') };
}
