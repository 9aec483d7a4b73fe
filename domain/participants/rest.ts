import { type Outside, Unreached } from '#lib/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Ask, Lines } from '#systems/contract.ts';
import { filled } from './template.ts';

type Secrets = { readSecret(name: string): Promise<string> };

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
    path: path.replaceAll('{key}', token),
    body:
      method === 'GET' || (method === 'DELETE' && body === undefined)
        ? undefined
        : filled(body ?? usual, values),
  };
}

/** One call of a REST system. The call's key goes out as Idempotency-Key, the token as the manifest says, its secrets as headers. */
export const restOn =
  ({ outside, secrets }: { outside: Outside; secrets: Secrets }): Lines['rest'] =>
  async (ask, phase) => {
    const { system, token, key, notAfter } = ask;
    const named = Object.entries(system.secrets).map(async ([header, name]) => [
      header,
      await secrets.readSecret(name),
    ]);
    const headers: Record<string, string> = await Promise.all(named).then(Object.fromEntries, (cause) => {
      throw new Unreached('no-secret', { cause });
    });
    const reply = await outside({
      system,
      call: phase,
      key,
      about: token,
      body: requestOf(ask, phase).body,
      notAfter,
      headers,
    });
    return { ...reply, body: without(Object.values(headers), reply.body) };
  };

/** What they say of a credential may quote it: it goes no further than here. A shorter one is none, and would be found in any answer. */
function without(secrets: string[], value: unknown): unknown {
  if (typeof value === 'string')
    return secrets
      .filter(({ length }) => length >= 8)
      .reduce((text, secret) => text.replaceAll(secret, '***'), value);
  if (Array.isArray(value)) return value.map((one) => without(secrets, one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, without(secrets, inner)]));
}
