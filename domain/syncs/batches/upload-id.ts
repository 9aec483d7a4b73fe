import { uuid8 } from '#lib/uuid.ts';
import type { Totals } from '#systems/protocol.ts';

/** What a publisher declares of a batch before the upload. */
export type Declared = Totals & { gzip: boolean };

const layout = 1;
const bytes = 30;

/**
 * The id of an upload carries its declaration, so that nothing is stored until its sync is
 * accepted. It is derived from tenant, key and declaration: another declaration under the same key
 * is another upload.
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

/** The declaration in an upload id; undefined for any other text. */
export function declarationOf(id: string): Declared | undefined {
  const read = Buffer.from(id.slice(4), 'base64url');
  if (read.length !== bytes || read.readUInt8(0) !== layout || `upl_${read.toString('base64url')}` !== id)
    return undefined;
  return {
    count: read.readUInt32BE(2),
    amount_minor: Number(read.readBigInt64BE(6)),
    gzip: read.readUInt8(1) === 1,
  };
}

/** The tenant is the prefix: no request can name another tenant's upload. */
export const uploadKey = (tenant: string, id: string): string => `uploads/${tenant}/${id}`;
