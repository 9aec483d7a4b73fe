import type { IncomingMessage } from 'node:http';
import { partner } from '#test/systems/programmed-partner.ts';

type Phase = 'prepare' | 'commit' | 'rollback' | 'query';
type Instruction = { code: string; sent: unknown; executions: number };
/**
 * Behaviour of the next call of a phase: `deny` refuses, `lose` acts and loses the answer,
 * `queue` acts and answers that it has yet to.
 */
type Mood = 'deny' | 'lose' | 'queue';

/**
 * The bank of docs/adapters.md: 200 to everything, its own words, and a credential without which
 * it refuses.
 */
export async function serveNorthbank(credential: string) {
  const instructions = new Map<string, Instruction>();
  const moods = new Map<string, Mood>();
  const keys: string[] = [];

  const { url, seen } = await partner((request, response) => {
    const body = JSON.parse(seen.find((each) => each.request === request)?.body || '{}');
    if (request.headers.authorization !== credential)
      return response.writeHead(401).end('{"error":"who are you"}');
    const phase = phaseOf(request);
    const ref = String(request.url?.split('/')[3] ?? body.instruction.ref);
    keys.push(String(request.headers['idempotency-key']));
    const mood = moods.get(phase);
    moods.delete(phase);
    const done = mood === 'deny' ? 'DENIED' : acted(phase, ref, body);
    const code = mood === 'queue' ? 'QUEUED' : done;
    if (mood === 'lose') return request.socket.destroy();
    return response.end(
      JSON.stringify({
        result: { ref, code, ...(code === 'HELD' && { held_until: '2027-02-01T00:00:00Z' }) },
      }),
    );
  });

  function acted(phase: Phase, ref: string, body: unknown): string {
    const at = instructions.get(ref) ?? { code: 'NEVER_SEEN', sent: undefined, executions: 0 };
    if (phase === 'query') return at.code;
    instructions.set(ref, at);
    if (phase === 'prepare') {
      if (at.code !== 'NEVER_SEEN') return at.code === 'HELD' ? 'HELD' : 'DENIED';
      return Object.assign(at, { code: 'HELD', sent: body }).code;
    }
    if (phase === 'commit') {
      if (at.code === 'HELD') Object.assign(at, { code: 'EXECUTED', executions: at.executions + 1 });
      return at.code === 'EXECUTED' ? 'EXECUTED' : 'DENIED';
    }
    const before = at.code;
    at.code = 'CANCELLED';
    return before === 'NEVER_SEEN' ? before : at.code;
  }

  return {
    url,
    keys,
    instruction: (ref: string) => instructions.get(ref),
    next: (phase: Phase, mood: Mood) => void moods.set(phase, mood),
  };
}

function phaseOf({ method, url = '' }: IncomingMessage): Phase {
  if (method === 'GET') return 'query';
  return ({ execution: 'commit', cancellation: 'rollback' } as const)[url.split('/')[4] ?? ''] ?? 'prepare';
}
