import type { Outside } from '#lib/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Ask, Lines } from '#systems/contract.ts';
import { filled } from './template.ts';

/** Exactly what a phase sends, by the manifest: method, path below the endpoint, and body. */
export function requestOf({ system, token, key, type, payload, notAfter, batch, chunk }: Ask, phase: string) {
  const { method = 'POST', path = '', body } = system.calls[phase] ?? {};
  const values = {
    token,
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
    path: path.replaceAll('{token}', token),
    body:
      method === 'GET' || (method === 'DELETE' && body === undefined)
        ? undefined
        : filled(body ?? usual, values),
  };
}

/** One call of a REST system. The call's key goes out as Idempotency-Key, the token as the manifest says. */
export const restOn =
  ({ outside }: { outside: Outside }): Lines['rest'] =>
  (ask, phase) => {
    const { system, token, key, notAfter } = ask;
    return outside({ system, call: phase, key, about: token, body: requestOf(ask, phase).body, notAfter });
  };
