import type { Manifest } from '#systems/manifest.ts';

/**
 * One call to an outside system, by its manifest.
 * `key`: sent as Idempotency-Key, derived from the attempt. `about`: fills `{key}` in the path, if
 * there is no `path` that is filled already.
 * `notAfter`: ms since the epoch, counted from before the item was read; a process that was frozen
 * past it sends nothing.
 */
export type Call = {
  system: Manifest;
  call: string;
  key: string;
  about?: string;
  path?: string;
  body: unknown;
  notAfter: number;
};
/** A system's answer, whatever its status. `body` is parsed JSON, undefined if it was none. */
export type Reply = { status: number; body: unknown };
/**
 * Throws `Unreached` if there is no reliable answer: refused connection, time limit, redirect,
 * oversized or truncated answer, past `notAfter`.
 */
export type Outside = (call: Call) => Promise<Reply>;

const reasons = {
  'too-late': 'notAfter has passed, nothing was sent',
  'address-refused': 'the record of this system does not allow its address, nothing was sent',
  'no-secret': 'a secret of this system could not be read, nothing was sent',
  unfilled: 'a placeholder of its manifest has no value here, nothing was sent',
  'no-connection': 'no connection could be made, nothing was sent',
  'host-key': 'another host key than the pinned one, or none is pinned, nothing was sent',
  'not-let-in': 'the login was refused, nothing was sent',
  connection: 'the connection was lost before an answer',
  'time-limit': 'no whole answer within the time limit',
  unavailable: 'it reports that it is unavailable (5xx or 429)',
  redirect: 'it answered with a redirect',
  'file-refused': 'it refused a file operation',
  'too-large': 'its answer is too large',
  encoding: 'its answer has an unknown encoding',
  'cut-off': 'the answer is cut off or malformed',
  'not-json': 'its yes is not JSON',
  'two-meanings': 'its yes is JSON with two meanings',
} as const;
export type UnreachedReason = keyof typeof reasons;

/**
 * An outage, never a refusal: whether the call took effect is unknown. Safe to log, since it
 * contains nothing that was sent or received.
 */
export class Unreached extends Error {
  override readonly name = 'Unreached';
  readonly reason: UnreachedReason;
  /** The system's Retry-After. */
  readonly retryAfterMs: number | undefined;
  readonly #reply: Reply | undefined;

  /** `detail` is of the manifest, or public; it never quotes what was sent or received. */
  constructor(
    reason: UnreachedReason,
    {
      retryAfterMs,
      reply,
      detail,
      ...options
    }: ErrorOptions & { retryAfterMs?: number | undefined; reply?: Reply | undefined; detail?: string } = {},
  ) {
    super(detail ? `${reasons[reason]}: ${detail}` : reasons[reason], options);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.#reply = reply;
  }

  /**
   * The JSON of an answer that says `unavailable`: a system at work may say so with a 503. Private,
   * so that no log takes it along.
   */
  get reply(): Reply | undefined {
    return this.#reply;
  }
}

/** True only if no byte of the request was sent. */
export const isUnsent = ({ reason }: Unreached): boolean => unsent.includes(reason);
const unsent: UnreachedReason[] = [
  'too-late',
  'address-refused',
  'no-secret',
  'unfilled',
  'no-connection',
  'host-key',
  'not-let-in',
];
