import type { KeyObject } from 'node:crypto';
import type { Bundle } from './bundle.ts';

/** What is wrong with a bundle, in one sentence: the row, receipt or item, and the change. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/**
 * `key`: the verifier's own public key, instead of the one in the bundle. `outside`: the outside
 * token of a sync id, for the tenant that is expected.
 */
export type Given = { key?: KeyObject | undefined; outside?: ((syncId: string) => string) | undefined };

/**
 * One check of a bundle: returns what was verified, or throws a Fault. Undefined: not applicable.
 */
export type EvidenceCheck = (bundle: Bundle, given: Given) => string | undefined;
