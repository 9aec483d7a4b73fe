import type { AnswerHeader, RequestHeader } from '#lib/http/declaration.ts';
import type { Json } from './json.ts';

const text = (description: string, example: string, more: Json = {}): Json => ({
  description,
  schema: { type: 'string' },
  example,
  ...more,
});

/** The headers of every answer, by name. */
export const everyAnswer = {
  'API-Version': text('The version of the API that answered.', 'v1', { required: true }),
  'X-Request-Id': text(
    'The id of this request, to name in a report.',
    '6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e',
    {
      required: true,
    },
  ),
  traceparent: text(
    "The caller's trace (W3C Trace Context) under a new span, or a new trace.",
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  ),
  Deprecation: text('The time since which this version is deprecated (RFC 9745).', '@1798761600'),
  Sunset: text('When this version ends (RFC 8594).', 'Thu, 01 Jul 2027 00:00:00 GMT'),
} satisfies Record<string, Json>;

/** The same as references, for responses. */
export const everyHeader: Json = Object.fromEntries(
  Object.keys(everyAnswer).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
);

/** The headers of some answers. */
export const someAnswers: Record<AnswerHeader, Json> = {
  'Content-Location': text(
    'The address of the resource that the body shows.',
    'syncs/6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e',
  ),
  ETag: text('The version of the body, for If-Match and If-None-Match.', '"7"', { required: true }),
  'Idempotent-Replayed': text('`true` if this is a repeat of an earlier answer.', 'true'),
  'Last-Modified': text('The time of the last change.', 'Fri, 15 Jan 2027 09:00:00 GMT', { required: true }),
  Link: text('The next page, with `rel="next"` (RFC 8288).', '<?limit=20&cursor=c2VhbDQx>; rel="next"'),
  Location: text(
    'The address of the resource, relative to the request.',
    'syncs/6f1c1d2e-8b7a-4c57-9d0e-2f4b8a1c3d5e',
    {
      required: true,
    },
  ),
  'Preference-Applied': text('The preference that was followed (RFC 7240).', 'wait'),
  'Retry-After': text('Seconds after which a repeat may succeed.', '1'),
};

/** Request headers beside Authorization. */
export const requestHeaders: Record<RequestHeader | 'Idempotency-Key', Json> = {
  Accept: text('The media type that the answer should have.', 'application/json'),
  'Idempotency-Key': text(
    'New for each request and the same for its repeats: 1 to 255 printable ASCII characters, bare or in double quotes.',
    'b0e6a6f2-0d5c-4a52-9f5b-7f1a0f6f2a11',
    { required: true, schema: { type: 'string', minLength: 1, maxLength: 255 } },
  ),
  'If-Match': text('The ETag that the caller has read: only that version is changed.', '"7"'),
  'If-Modified-Since': text(
    'Answers 304 if nothing has changed since, nor in the second before. If-None-Match is exact.',
    'Fri, 15 Jan 2027 09:00:00 GMT',
  ),
  'If-None-Match': text(
    'Answers 304 if this ETag is still the newest; with `*` only a new resource is created.',
    '"7"',
  ),
  Prefer: text('`wait=N`: waits up to N seconds for the end (RFC 7240).', 'wait=5'),
};
