import type { Phase, Pinned, QueryResult, Receipt, Refused, Vote } from '#systems/protocol.ts';
import type { Ask } from './line.ts';

/**
 * The coordinator's request to an adapter: `digest` names the frozen manifest, `batch` the pinned
 * object. `again`: the call may have been made before; `basis`: what a rollback covers.
 */
export type AdapterRequest = Omit<Ask, 'system' | 'batch' | 'chunk'> & {
  tenant: string;
  basis?: string;
  system: string;
  digest: string;
  phase: Phase | 'query';
  batch?: Pinned;
  again?: boolean;
};
/** `receipts`: of a batch, one per chunk; `failed`: the refused items. */
export type AdapterReply = {
  said: Vote | QueryResult;
  request: string;
  response: string;
  receipts?: Receipt[];
  failed?: Refused[];
};

/** `failure`: our own error, for the log alone. */
export type CallLog = {
  system: string;
  phase: string;
  said: string;
  reason?: string;
  failure?: string;
  chunks?: number;
  ms: number;
};
