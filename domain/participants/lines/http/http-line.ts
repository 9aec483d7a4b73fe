import type { Ask, Line } from '#domain/participants/line.ts';
import { textDigest } from '#domain/participants/wire-digests.ts';
import { canonical } from '#lib/ids.ts';
import type { Outside } from '#lib/outside/outside.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Phase, Reply } from '#systems/protocol.ts';
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

export type HttpCalls = { rest: (ask: Ask, phase: Phase | 'query') => Promise<Reply> };

/**
 * JSON over HTTP. The call's key goes out as Idempotency-Key, the outside token as the manifest
 * says. Digests are of the canonical JSON of `{ method, path, body }` and `{ status, body }`.
 */
export const httpLine: Line<Outside, HttpCalls> = {
  call: (outside) => ({
    rest: (ask, phase) => {
      const { system, outsideToken, key, notAfter } = ask;
      const { body } = httpRequest(ask, phase);
      return outside({ system, call: phase, key, about: outsideToken, body, notAfter });
    },
  }),
  digest: ({ rest }, note) => ({
    async rest(ask, phase) {
      const reply = await rest(ask, phase);
      const request = textDigest(canonical(httpRequest(ask, phase)));
      note(ask.key, { request, response: textDigest(canonical(reply)) });
      return reply;
    },
  }),
  preview: httpRequest,
};
