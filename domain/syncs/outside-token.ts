import { uuid5 } from '#lib/uuid.ts';

const lockstep = '6f0d8a0e-2c0b-5b57-9d0a-3f6c5d1e7a42';

/**
 * A sync's name for outside systems: callers choose sync ids, and two tenants may choose the same.
 */
export const outsideTokenOf = (tenant: string, syncId: string): string =>
  uuid5(uuid5(lockstep, tenant), syncId);

/**
 * The key of one call, the same in each repeat: outside token, system, phase, and its only chunk.
 */
export const callKey = (outsideToken: string, system: string, phase: string): string =>
  `${outsideToken}:${system}:${phase}:0`;
