import type { HttpAnswer } from '#lib/http/http-answer.ts';
import type { Declaration, DeclaredContract, DeclaredRun } from './declaration.ts';
import { type DoorRequest, endpoint } from './endpoint.ts';

/** A door without a key. A test counts them. */
export const openDoor = <A extends Declaration = never>(
  contract: NoInfer<DeclaredContract<A>>,
  run: NoInfer<DeclaredRun<A>>,
) => endpoint({ ...contract, trust: 'open' } as never, run as never);

/**
 * The door of every path that is no route. It reads nothing of the request and declares nothing.
 */
export const nowhereDoor = (run: (asked: Pick<DoorRequest<never, never, never>, 'event'>) => HttpAnswer) =>
  endpoint({ trust: 'nowhere', unread: true }, run);
