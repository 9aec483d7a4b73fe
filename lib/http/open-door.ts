import type { Told } from '#lib/http/told.ts';
import type { Declaration, DeclaredContract, DeclaredRun } from './declaration.ts';
import { type Asked, endpoint } from './endpoint.ts';

/** A door without a key. A test counts them. */
export const openDoor = <A extends Declaration = never>(
  contract: NoInfer<DeclaredContract<A>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'open' } as never, run as never);

/**
 * The door of every path that is no route. It reads nothing of the request and declares nothing.
 */
export const nowhereDoor = (run: (asked: Pick<Asked<never, never, never>, 'event'>) => Told) =>
  endpoint({ trust: 'nowhere', unread: true }, run);
