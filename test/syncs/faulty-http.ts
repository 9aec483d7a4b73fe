import type { Call, Reply } from '#lib/outside/outside.ts';
import { replyFrom } from '#lib/outside/reply.ts';
import type { Going } from './faulty-wire.ts';
import { officeOf, type Reach } from './scripted-offices.ts';

/** An HTTP call, and every way in which it can go. */
export const httpLine = (call: Call, { act }: Reach): Going<Reply> => ({
  place: `${officeOf(call.system.name)}.${call.call}`,
  notAfter: call.notAfter,
  limitMs: call.system.calls[call.call]?.timeoutMs ?? call.system.timeoutMs,
  act: async () => act(call),
  refused: async () => act(call, { refuse: true }),
  failed: () => replyFrom(500, bytes('{"error":"internal"}'), 1024),
  async garbled(how) {
    // An answer to another caller's call: this call never reached the system.
    if (how === "another's id")
      return replyFrom(200, bytes(JSON.stringify({ event_id: other, status: yesOf(call) })), 1024);
    const { status, body } = act(call);
    if (how === 'a page of HTML')
      return replyFrom(status, bytes('<!doctype html><title>Welcome</title>'), 1024);
    return replyFrom(status, bytes(JSON.stringify(body).slice(0, -3)), 1024);
  },
  late: async (begun, later) => later(async () => act(call, { arrivedAt: begun })),
});

const other = '00000000-0000-4000-8000-00000000dead';
const yesOf = ({ system, call }: Call) =>
  Object.entries(system.calls[call]?.answer?.means ?? {}).find(([, means]) => means === 'yes')?.[0];

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
