import { digest } from '#lib/ids.ts';
import { Problem } from '#lib/problem.ts';
import { showEvidence } from './show-evidence.ts';

/** Roles that may see an item: a proof needs the whole item, which may name a person. */
const seeItems = ['publisher', 'operator'];
/** Lambda answers with at most 6 MB, in which this text is a JSON string, with headers. */
const mostBytes = 5_000_000;

type Asked = { tenant: string; role: string; syncId: string; item?: string | undefined };

/**
 * A bundle as the API sends it. Refuses an item to other roles, and a bundle that is too large.
 */
export async function sendEvidence(
  { tenant, role, syncId, item }: Asked,
  tools: Parameters<typeof showEvidence>[1],
): Promise<{ etag: string; text: string }> {
  if (item !== undefined && !seeItems.includes(role))
    throw new Problem('forbidden', {
      detail: `Items are shown to keys of the roles ${seeItems.join(' and ')}; yours is ${role}.`,
    });
  const bundle = await showEvidence({ tenant, syncId, item }, tools);
  const text = JSON.stringify(bundle);
  const how = `${syncId} --tenant ${tenant}${item === undefined ? '' : ` --item ${item}`} -o bundle.json`;
  if (Buffer.byteLength(JSON.stringify(text)) > mostBytes)
    throw new Problem('answer-too-large', { detail: `npx lockstep evidence get ${how}` });
  return { etag: digest(bundle.rows.at(-1)?.hash, bundle.checkpoint?.text, item), text };
}
