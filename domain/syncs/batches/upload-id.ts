import { uuid8 } from '#lib/uuid.ts';
import type { Totals } from '#systems/protocol.ts';

/** What a publisher says of a batch before he sends it. */
export type Declared = Totals & { gzip: boolean };

const layout = 1;
const bytes = 30;

/**
 * The id of an upload, which says what was declared of it, so that nothing need be written down until its sync comes. It is derived from the tenant, his key
 * and the declaration: the same key with another declaration is another upload.
 */
export function uploadId(tenant: string, key: string, { count, amount_minor, gzip }: Declared): string {
  const id = Buffer.alloc(bytes);
  id.writeUInt8(layout, 0);
  id.writeUInt8(gzip ? 1 : 0, 1);
  id.writeUInt32BE(count, 2);
  id.writeBigInt64BE(BigInt(amount_minor), 6);
  Buffer.from(uuid8(tenant, 'uploads', key).replaceAll('-', ''), 'hex').copy(id, 14);
  return `upl_${id.toString('base64url')}`;
}

/** What was declared of an upload; undefined for what is no id of one. */
export function declaredBy(id: string): Declared | undefined {
  const read = Buffer.from(id.slice(4), 'base64url');
  if (read.length !== bytes || read.readUInt8(0) !== layout || `upl_${read.toString('base64url')}` !== id)
    return undefined;
  return {
    count: read.readUInt32BE(2),
    amount_minor: Number(read.readBigInt64BE(6)),
    gzip: read.readUInt8(1) === 1,
  };
}

/** The tenant stands in front of it: nobody can name what another tenant has uploaded. */
export const uploadKey = (tenant: string, id: string): string => `uploads/${tenant}/${id}`;
