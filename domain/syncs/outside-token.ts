import { uuid5 } from '#lib/uuid.ts';

const lockstep = '6f0d8a0e-2c0b-5b57-9d0a-3f6c5d1e7a42';

/** The name of a sync outside of this house: tokens are chosen by callers, and two tenants may choose the same. */
export const outsideTokenOf = (tenant: string, syncId: string): string =>
  uuid5(uuid5(lockstep, tenant), syncId);

/** The name of one call, the same in each of its repeats: token, system, phase, and the chunk, of which there is one. */
export const callKey = (outsideToken: string, system: string, phase: string): string =>
  `${outsideToken}:${system}:${phase}:0`;
