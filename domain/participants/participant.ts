import { digest } from '#lib/ids.ts';
import { isUnsent, Unreached } from '#lib/outside.ts';
import type { Adapter, Ask, Lines, Phase, Stood, Vote } from '#systems/contract.ts';
import type { Manifest } from '#systems/manifest.ts';

/** What a conductor sends to an adapter's function: `digest` names the manifest that the plan has frozen. */
export type Asking = Omit<Ask, 'system'> & { system: string; digest: string; phase: Phase | 'query' };
export type Heard = { said: Vote | Stood; request: string; response: string };

/** `failure`: what has gone wrong on our side, for the log alone. */
export type Told = { system: string; phase: string; said: string; reason?: string; failure?: string; ms: number };
type Tools = {
  lines: Lines;
  manifests: (system: string, digest: string) => Promise<Manifest>;
  now: () => number;
  tell: (told: Told) => void;
};

/**
 * What all adapters share: the frozen manifest, the time limit, receipts, one line and one metric per call. Whatever an adapter throws means that nobody
 * knows, and is said so: only it can tell a no. Payloads and answers stay inside; what leaves is a vote and two digests.
 */
export const participantOn =
  (adapter: Adapter, { lines, manifests, now, tell }: Tools) =>
  async ({ system: name, digest: frozen, phase, ...ask }: Asking): Promise<Heard> => {
    const begun = now();
    const request = digest(phase, ask.token, ask.key, ask.type, ask.payload);
    let failure: string | undefined;
    const said: Vote | Stood = await manifests(name, frozen)
      .then((system): Promise<Vote | Stood> => adapter[phase]({ ...ask, system }, lines))
      .catch((error: unknown) => {
        failure = failureOf(error);
        return unknownBy(error, phase);
      });
    tell({
      ...{ system: name, phase, said: 'vote' in said ? said.vote : said.stands },
      ...('reason' in said && { reason: said.reason }),
      ...(failure && { failure }),
      ms: now() - begun,
    });
    return { said, request, response: digest(said) };
  };

function unknownBy(error: unknown, phase: Phase | 'query'): Vote | Stood {
  const reached = error instanceof Unreached ? error : undefined;
  const reason = reached?.message ?? 'the adapter failed';
  const held = reached?.reason === 'too-late' || reached?.reason === 'no-secret';
  if (phase === 'query') return { stands: 'unknown', reason, ...(held && { held }) };
  const { retryAfterMs: pauseMs } = reached ?? {};
  return {
    ...{ vote: 'unknown', reason, sent: !reached || !isUnsent(reached) },
    ...(held && { held }),
    ...(pauseMs !== undefined && { pauseMs }),
  };
}

/** Our own failures are named; what is wrong on the wire says so itself, and may quote what was sent. */
function failureOf(error: unknown): string | undefined {
  const cause = error instanceof Unreached ? (error.reason === 'no-secret' ? error.cause : undefined) : error;
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 200) : undefined;
}
