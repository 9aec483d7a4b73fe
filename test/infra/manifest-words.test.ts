import { expect, it } from 'vitest';
import cheques from '#systems/cheques.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { refusal, refusalOf, whole } from './refused-manifests.ts';

const withCommit = (commit: object, more: object = {}) =>
  refusalOf(
    whole({ ...debit, ...more, calls: { ...debit.calls, commit: { ...debit.calls.commit, ...commit } } }),
  );

it.each<[string, object, string]>([
  [
    'a word for another phase',
    { answer: { field: 's', means: { ok: 'committed' } } },
    "/calls/commit/answer/means/ok: 'committed' is no answer to commit",
  ],
  [
    'a word without its field',
    { answer: { means: { ok: 'yes' } } },
    '/calls/commit/answer/means: Needs "field"',
  ],
  ['a field without its words', { answer: { field: 'status' } }, '/calls/commit/answer/field: Needs "means"'],
  [
    'an end of what is no reservation',
    { answer: { validUntil: 'until' } },
    '/calls/commit/answer/validUntil: Only a yes to prepare',
  ],
  [
    'items where there are none',
    { body: { all: '{items}' } },
    '/calls/commit/body/all: {items} has no value here',
  ],
  [
    'a placeholder in a name',
    { body: { '{token}': 1 } },
    '/calls/commit/body/{token}: A name is sent as it is',
  ],
  [
    'a whole document in a text',
    { body: { a: 'x {payload}' } },
    '/calls/commit/body/a: {payload} is no text',
  ],
  [
    'a single brace',
    { body: { a: 'query { a }' } },
    "/calls/commit/body/a: '{ a }' is no placeholder; a brace is written as {{ or }}",
  ],
  ['a percent sign that encodes nothing', { path: '/a%2' }, '/calls/commit/path: A % in a path'],
  ['a space in a path', { path: '/a b' }, "/calls/commit/path: A path has no ' '"],
  ['a fragment', { path: '/a#b' }, "/calls/commit/path: A path has no '#'"],
  ['a path that climbs', { path: '/a/%2E./b' }, '/calls/commit/path: A path does not climb'],
])('a deploy stops at %s', (_, commit, message) => {
  expect(withCommit(commit)).toContain(message);
});

it('a path may have a query, colons and percent-encoded characters', () => {
  expect(
    withCommit({
      path: '/v1/loads/{token}:commit/%C3%BC?at={not_after}&of={payload.state}&sum={payload.delta_usd}',
    }),
  ).toBeUndefined();
});

it('a header that would change how a request is framed is no place for a secret', () => {
  for (const header of ['content-length', 'transfer-encoding', 'accept-encoding', 'expect', 'te', 'upgrade'])
    expect(refusalOf(whole({ ...debit, secrets: { [header]: 'lockstep/debit' } }))).toContain(
      `/secrets/${header}: No call sends this secret`,
    );
});

it('a layout names values that a file has, and fields that its items have', () => {
  const [type, ...others] = cheques.file.layout.record;
  const layoutWith = (from: string, kind: 'header' | 'record') => {
    const fields = kind === 'record' ? [type, ...others] : cheques.file.layout.header;
    const last = { name: 'extra', width: 1, as: 'text', from };
    const changed = { ...cheques.file.layout, [kind]: [...fields, last] };
    return refusal({
      'systems/cheques.json': whole({ ...cheques, file: { ...cheques.file, layout: changed } }),
    });
  };
  expect(layoutWith('{item.payeee}', 'record')).toContain('{item.payeee} is no field of benefit.adjusted');
  expect(layoutWith('{tokn}', 'record')).toContain('/file/layout/record/4/from: {tokn} has no value here');
  expect(layoutWith('{item.id}', 'header')).toContain(
    '/file/layout/header/6/from: {item.id} has no value here',
  );
  expect(layoutWith('{payload.stat}', 'header')).toContain('{payload.stat} is no field of benefit.adjusted');
});
