import type { Ask, Line } from '#domain/participants/line.ts';
import { textDigest } from '#domain/participants/wire-digests.ts';
import { canonical } from '#lib/ids.ts';
import { fillPath } from '#lib/outside/fill-path.ts';
import { type Outside, Unreached } from '#lib/outside/outside.ts';
import { readAnswer } from '#lib/outside/read-answer.ts';
import { rfc3339 } from '#lib/rfc3339.ts';
import type { Phase, Reply } from '#systems/protocol.ts';
import { fillTemplate } from './template.ts';

/**
 * Exactly what a phase sends: method, path below the endpoint, and body, from the manifest. Without
 * a body there it is the usual one, but none with GET and DELETE; `null` is none.
 */
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
  return {
    method,
    path: fillPath(path, values),
    body:
      body === undefined ? usualBody(method, values) : body === null ? undefined : fillTemplate(body, values),
  };
}

const usual = { event_id: '{token}', type: '{type}', payload: '{payload}', items: '{items}' };
const usualBody = (method: string, values: object) =>
  method === 'GET' || method === 'DELETE' ? undefined : fillTemplate(usual, values);

export type HttpCalls = { rest: (ask: Ask, phase: Phase | 'query') => Promise<Reply> };

/** An answer with 429 or 5xx is an outage, except where its word or code says `ongoing`. */
function ongoingReply(outage: unknown, { system, outsideToken }: Ask, phase: Phase | 'query'): Reply {
  const reply = outage instanceof Unreached ? outage.reply : undefined;
  const how = system.calls[phase]?.answer ?? {};
  if (reply && readAnswer(reply, how, outsideToken).says === 'ongoing') return reply;
  throw outage;
}

/**
 * JSON over HTTP. The call's key goes out as Idempotency-Key, the outside token as the manifest
 * says. Digests are of the canonical JSON of `{ method, path, body }` and `{ status, body }`.
 */
export const httpLine: Line<Outside, HttpCalls> = {
  call: (outside) => ({
    rest: (ask, phase) => {
      const { system, outsideToken, key, notAfter } = ask;
      const { path, body } = httpRequest(ask, phase);
      const call = { system, call: phase, key, about: outsideToken, path, body, notAfter };
      return outside(call).catch((outage: unknown) => ongoingReply(outage, ask, phase));
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
