/**
 * Every refusal of the product. A code is public API: add freely, never rename. docs/problems.md
 * has a row for each.
 */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'idempotency-key-missing': { status: 400, title: 'Idempotency-Key is required' },
  'idempotency-key-invalid': { status: 400, title: 'Idempotency-Key is not valid' },
  'cursor-invalid': { status: 400, title: 'The cursor is not valid' },
  'check-refused': { status: 400, title: 'Eligibility or payment failed' },
  unauthenticated: { status: 401, title: 'A valid API key is required' },
  forbidden: { status: 403, title: 'This API key may not do that' },
  'not-found': { status: 404, title: 'Not found' },
  'route-not-found': { status: 404, title: 'No such path or method' },
  'slot-taken': { status: 409, title: 'Slot taken' },
  'too-many-keys': { status: 409, title: 'Two live keys of a role are the most' },
  'brand-not-offered': { status: 409, title: 'This slot does not offer that brand' },
  'request-in-progress': { status: 409, title: 'A request with this key is still running' },
  'precondition-failed': { status: 412, title: 'It has changed since you read it' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be application/json' },
  'body-encoded': { status: 415, title: 'The body must not be compressed' },
  'undo-refused': { status: 409, title: 'It can no longer be undone' },
  'undo-conflicts': { status: 409, title: 'Later syncs touched the same subjects' },
  'sync-undone': { status: 409, title: 'This token was undone before its sync came' },
  'answer-contradicts': { status: 409, title: 'This system has already answered otherwise' },
  'action-not-safe': { status: 409, title: 'This is not safe to do in this state' },
  'unknown-event-type': { status: 422, title: 'No system takes events of this type' },
  'payload-invalid': { status: 422, title: 'The payload is not what its event type says' },
  'upload-incomplete': { status: 409, title: 'Nothing has been uploaded under this id yet' },
  'answer-too-large': { status: 422, title: 'The answer is larger than can be sent' },
  'quota-exceeded': { status: 422, title: 'More than can be done' },
  'plan-impossible': { status: 422, title: 'No order of systems can keep this change' },
  'idempotency-key-reused': { status: 422, title: 'This key was used for a different request' },
  'precondition-required': { status: 428, title: 'Say which version you are changing' },
  'slot-history-full': { status: 429, title: 'This slot was booked and cancelled too often today' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'check-unavailable': { status: 503, title: 'Eligibility or payment could not be reached' },
  'hold-lost': { status: 503, title: 'The hold on the slot ended before the booking did' },
  'slot-unsettled': { status: 503, title: 'Payments of this slot are still being settled' },
  unavailable: { status: 503, title: 'A service that we depend on is away' },
  'payment-refused': { status: 409, title: 'The clearinghouse refuses to move this payment' },
  unreadable: { status: 422, title: 'An unreadable message' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

type Extras = {
  detail?: string;
  /** Seconds until a repeat may succeed. */
  retryAfter?: number | undefined;
  /** The faulty fields: JSON Pointers into the body, or `query.limit`, `path.slotId`. */
  errors?: { pointer: string; detail: string }[];
  cause?: unknown;
};

/** A refusal: doors answer it, workers settle it, nothing retries it. Other errors are outages. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly extras: Extras;

  constructor(code: ProblemCode, extras: Extras = {}) {
    super(extras.detail ?? problems[code].title, { cause: extras.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = problems[code].status;
    this.title = problems[code].title;
    this.extras = extras;
  }
}
