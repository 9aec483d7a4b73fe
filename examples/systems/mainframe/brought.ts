import { createHash } from 'node:crypto';
import type { Decoded } from '#lib/fixed-width/decode.ts';
import { decodeFile } from '#lib/fixed-width/file.ts';
import { Malformed } from '#lib/fixed-width/malformed.ts';
import type { Layout } from '#systems/layout.ts';
import type { Totals } from '#systems/protocol.ts';
import type { Kind } from './names.ts';

/** A complete and consistent file. `created` in ms; `digest`: of its bytes. */
export type Brought = {
  kind: Kind;
  token: string;
  sequence: string;
  created: number;
  items: Map<string, number>;
  totals: Totals;
  digest: string;
};
/** Why a file is refused. `item`: the item to blame; `code`: the codec's fault code. */
export type Refusal = { refused: string; item?: string; code?: string };

/** Reads a file to its end before it has any effect. */
export async function broughtBy(
  layout: Layout,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Brought | Refusal> {
  const hash = createHash('sha256');
  const items = new Map<string, number>();
  let twice: string | undefined;
  const hashed = async function* () {
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    const { header, totals } = await decodeFile(layout, hashed(), ({ id, amount_minor }) => {
      if (items.has(id as string)) twice ??= id as string;
      items.set(id as string, amount_minor as number);
    });
    if (twice !== undefined) return { refused: 'duplicate-item', item: twice };
    return headed(header) ?? { ...claims(header), items, totals, digest: hash.digest('hex') };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return {
      refused: error.code === 'count' || error.code === 'sum' ? 'totals' : 'malformed',
      code: error.code,
    };
  }
}

function headed(header: Decoded): Refusal | undefined {
  const { kind, created } = claims(header);
  if (kind !== 'LOAD' && kind !== 'REVERSAL') return { refused: 'malformed', code: 'kind' };
  return Number.isNaN(created) ? { refused: 'malformed', code: 'created' } : undefined;
}

const claims = ({ kind, token, sequence, created }: Decoded) => ({
  kind: kind as Kind,
  token: String(token),
  sequence: String(sequence),
  created: timeOf(String(created)),
});

/** RFC 3339 without its punctuation: 20270115T080000Z. */
const timeOf = (basic: string): number =>
  Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
