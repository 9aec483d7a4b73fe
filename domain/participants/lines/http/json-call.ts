import type { Outside } from '#lib/outside/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Ask, Line } from '#systems/protocol.ts';
import { fillTemplate } from './template.ts';

/** Exactly what a phase sends: method, path below the endpoint, and body, from the manifest. */
export function httpRequest(
  { system, outsideToken, key, type, payload, notAfter, batch, chunk }: Ask,
  phase: string,
) {
  const { method = 'POST', path = '', body } = system.calls[phase] ?? {};
  const values = {
    token: outsideToken,
    key,
    type,
    payload,
    not_after: rfc3339(notAfter),
    items: chunk?.items,
    chunk,
    batch,
  };
  const usual = { event_id: '{token}', type: '{type}', payload: '{payload}', items: '{items}' };
  return {
    method,
    path: path.replaceAll('{token}', outsideToken),
    body:
      method === 'GET' || (method === 'DELETE' && body === undefined)
        ? undefined
        : fillTemplate(body ?? usual, values),
  };
}

/**
 * Calls a REST system. The call's key goes out as Idempotency-Key, the outside token as the
 * manifest says.
 */
export const jsonCallsOn =
  ({ outside }: { outside: Outside }): Line['rest'] =>
  (ask, phase) => {
    const { system, outsideToken, key, notAfter } = ask;
    return outside({
      system,
      call: phase,
      key,
      about: outsideToken,
      body: httpRequest(ask, phase).body,
      notAfter,
    });
  };
