import { callers } from '#domain/access/callers.ts';
import type { Declaration, DeclaredContract, DeclaredRun } from '#lib/declaration.ts';
import { endpoint } from '#lib/endpoint.ts';

/** A door of functions/api: for keys of the tenant, whatever their role, or of the one that the contract names. */
export const tenantDoor = <A extends Declaration = never>(
  contract: NoInfer<DeclaredContract<A>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'tenant', callers } as never, run as never);

/** A door of functions/ops: for operators only. */
export const operatorDoor = <A extends Declaration = never>(
  contract: NoInfer<Omit<DeclaredContract<A>, 'role'>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'operator', role: 'operator', callers } as never, run as never);

/** A door of functions/hooks: for keys that were made for one outside system. */
export const systemDoor = <A extends Declaration = never>(
  contract: NoInfer<Omit<DeclaredContract<A>, 'role'>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'system', role: 'system', callers } as never, run as never);
