import type { KeyObject } from 'node:crypto';
import type { Bundle } from './bundle.ts';

/** What is wrong with a bundle, in one sentence: which row, receipt or item, and what was done to it. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** `key`: the one that whoever checks has by himself; without it the bundle's own is taken. `outside`: what the sync of this name is called outside, if it is of the tenant that is asked about. */
export type Given = { key?: KeyObject | undefined; outside?: ((syncId: string) => string) | undefined };

/** One look at a bundle: says what was found good, or throws a Fault. Undefined: there is nothing to look at. */
export type EvidenceCheck = (bundle: Bundle, given: Given) => string | undefined;
