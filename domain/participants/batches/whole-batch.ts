import type { WireDigests } from '#domain/participants/line.ts';
import type { Batch, Vote } from '#systems/protocol.ts';
import type { BatchReply } from './chunk-stream.ts';

/** The reply of a system that takes a batch whole: a yes has one receipt, over all items. */
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
