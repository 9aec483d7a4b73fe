import { outsideToken } from './answers-by-manifest.ts';
import type { ReplyCase } from './reply-oracle.ts';

const statuses = [
  ...[200, 201, 202, 203, 301, 302, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 421],
  ...[422, 423, 425, 428, 429, 451, 500, 502, 503],
];

const words: [ReplyCase['word'], unknown][] = [
  ...[
    ['yes', 'DONE'],
    ['no', 'NO'],
    ['ongoing', 'BUSY'],
    ['absent', 'GONE'],
  ].map(([word, value]) => [word, value] as [ReplyCase['word'], unknown]),
  ['yes', 1],
  ['yes', true],
  ['unlisted', 'FINE'],
  ['unlisted', 'done'],
  ['unlisted', 'constructor'],
  ['missing', undefined],
  ['missing', null],
  ['missing', {}],
];

/** Members of an error, with what they say. Each is spread into the body. */
const errors: [ReplyCase['error'], object][] = [
  ['missing', {}],
  ...[
    {},
    [],
    '',
    '  ',
    null,
    false,
    0,
    '0',
    'none',
    'None',
    'null',
    { code: null },
    { code: '', text: null },
  ].map((error) => ['silent', { error }] as [ReplyCase['error'], object]),
  ['silent', { errors: [] }],
  ['silent', { errors: {}, error: null, success: true }],
  ['no', { error: 'mismatch' }],
  ['no', { error: { code: 'mismatch', hint: 'amount' } }],
  ['no', { errors: [{ code: 'mismatch' }] }],
  ['ongoing', { error: 'running' }],
  ['unknown', { error: { code: 'locked' } }],
  ['unlisted', { error: 'insufficient_funds' }],
  ['unlisted', { error: 'hasOwnProperty' }],
  ['unlisted', { errors: { usd: ['must be less'] } }],
  ['uncoded', { error: true }],
  ['uncoded', { errors: [{}] }],
  ['uncoded', { success: false }],
  ['uncoded', { ok: false }],
];

/** What an answer may be instead of an object. */
const shapes: unknown[] = [undefined, null, [], [{ word: 'DONE' }], 'DONE', 'yes', 7, true, '<html>'];

/** Every combination of status, echo, word and error, and every other shape with every status. */
export function* replyCases(): Generator<ReplyCase> {
  for (const status of statuses) {
    for (const body of shapes)
      yield {
        status,
        body,
        isObject: false,
        echo: 'ours',
        declared: true,
        word: 'missing',
        error: 'missing',
      };
    for (const echo of ['undeclared', 'ours', 'other', 'absent'] as const)
      for (const declared of [true, false])
        for (const [word, value] of words)
          for (const [error, members] of errors)
            yield {
              ...{ status, isObject: true, echo, declared, word, error },
              body: { order: { ...named(echo), ...(value !== undefined && { word: value }) }, ...members },
            };
    yield* problems(status);
  }
}

const named = (echo: ReplyCase['echo']): object =>
  echo === 'ours' ? { id: outsideToken } : echo === 'other' ? { id: 'another' } : {};

/** Problems of RFC 9457: an error of a status from 400 that is their own. */
function* problems(status: number): Generator<ReplyCase> {
  for (const [told, code] of [
    [status, 'mismatch'],
    [status, 'no-funds'],
    [status + 1, 'no-funds'],
  ] as const) {
    const body = { type: `https://office.example/problems/${code}`, title: 'Not now', status: told };
    const isProblem = status >= 400 && told === status;
    const error = isProblem ? (code === 'mismatch' ? 'no' : 'unlisted') : 'missing';
    yield { status, body, isObject: true, echo: 'absent', declared: true, word: 'missing', error };
  }
}
