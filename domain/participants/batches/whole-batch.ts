import type { WireDigests } from '#domain/participants/wire-digests.ts';
import type { Batch, Vote } from '#systems/protocol.ts';
import type { BatchReply } from './chunk-stream.ts';

/** Taken in one piece it has one receipt. */
export function inOne(
  { count, amount_minor }: Batch,
  said: Vote,
  { request, response }: WireDigests = { request: '', response: '' },
): BatchReply {
  if (said.vote !== 'yes')
    return { said, receipts: [], failed: said.vote === 'no' ? (said.items ?? []) : [] };
  const receipt = { chunk: 0, first: 0, count, amount_minor, request, response };
  return {
    said: { ...said, totals: said.totals ?? { count, amount_minor } },
    receipts: [receipt],
    failed: [],
  };
}
