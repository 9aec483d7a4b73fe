import type { Declaration, DeclaredContract, DeclaredRun } from './declaration.ts';
import { endpoint } from './endpoint.ts';

/** A door that asks nobody for a key. A test counts them. */
export const openDoor = <A extends Declaration = never>(
  contract: NoInfer<DeclaredContract<A>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'open' } as never, run as never);
