import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemsIn } from '#infra/read/endpoints.ts';
import cheques from '#systems/cheques.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };

type Files = Record<string, string | Uint8Array>;
const whole = (json: unknown) => `${JSON.stringify(json, null, 2)}\n`;
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** What a deploy says of these files beside the adapters; undefined if it takes them. */
function refusal(
  files: Files,
  { context = {}, env = {} }: { context?: unknown; env?: NodeJS.ProcessEnv } = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-systems-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['systems', 'functions/adapters']) mkdirSync(join(root, folder), { recursive: true });
  for (const adapter of ['rest', 'fixed-width-sftp'])
    writeFileSync(join(root, `functions/adapters/${adapter}.ts`), '');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const node = { tryGetContext: (name: string) => (name === 'systems' ? context : undefined) } as never;
  try {
    systemsIn(root, node, { ENDPOINT_DEBIT: 'https://debit', ENDPOINT_CHEQUES: 'sftp://cheques/in', ...env });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
const told = (manifest: string | Uint8Array) => refusal({ 'systems/debit.json': manifest });
/** The line of the first place of this text, from 1. */
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

it('a deploy takes manifests that are as they should be', () => {
  expect(
    refusal({ 'systems/debit.json': whole(debit), 'systems/cheques.json': whole(cheques) }),
  ).toBeUndefined();
});

it.each<[string, string | Uint8Array, string]>([
  ['is empty', '', 'systems/debit.json:1: is not valid JSON'],
  ['ends too early', '{\n  "name": "debit",\n', 'systems/debit.json:3: is not valid JSON'],
  ['has a comma too many', '{\n  "name": "debit",\n}', 'systems/debit.json:3: is not valid JSON'],
  ['has a comment', '{\n  // ours\n  "name": "debit"\n}', 'systems/debit.json:2: is not valid JSON'],
  ['is not UTF-8', Buffer.from('{\n"name": "d\xe9bit"}', 'latin1'), 'systems/debit.json:2: is not UTF-8'],
  ['is UTF-16', utf16(whole(debit)), 'systems/debit.json:1: is not UTF-8'],
  ['has a byte order mark', `\ufeff${whole(debit)}`, 'systems/debit.json:1: begins with a byte order mark'],
  ['is no object', '[]\n', 'systems/debit.json:1: '],
])('a manifest that %s stops the deploy by its name and line', (_, text, message) => {
  expect(told(text)).toContain(message);
});

it('a name that is there twice stops the deploy, however deep, and all of them are named', () => {
  const text = whole(debit)
    .replace('"title": "Debit', '"title": "Debit",\n  "title": "Debit')
    .replace('"query": true,', '"query": true,\n    "que\\u0072y": true,')
    .replace('"state": "{payload.state}",', '"state": "{payload.state}",\n        "state": "OH",');
  expect(told(text)).toBe(
    [
      `systems/debit.json:4: /title: is given more than once`,
      `systems/debit.json:${lineOf(text, '"OH"')}: /calls/prepare/body/state: is given more than once`,
      `systems/debit.json:${lineOf(text, '"que\\u0072y"')}: /capabilities/query: is given more than once`,
    ].join('\n'),
  );
});

it('everything that is wrong is named at once: names, fields, words, placeholders, in every file', () => {
  const text = whole({
    ...debit,
    retries: 3,
    takes: { 'benefit.adjusted': { when: [{ field: 'payload.delta', atLeast: 1 }] }, 'benefit.raised': {} },
    calls: {
      ...debit.calls,
      query: {
        method: 'GET',
        path: '/v2/load/{tokn}',
        answer: { field: 'status', means: { loaded: 'yes' } },
      },
      rollback: { ...debit.calls.rollback, body: { event_id: '{token}', was: { of: '{payload.stat}' } } },
    },
  });
  const other = whole({ ...cheques, title: '', secrets: { ...cheques.secrets, 'x-api-key': 'lockstep/x' } });
  const line = (part: string) => `systems/debit.json:${lineOf(text, part)}: `;
  const said = refusal({ 'systems/debit.json': text, 'systems/cheques.json': other })?.split('\n') ?? [];
  for (const one of [
    `${line('"retries"')}/retries: There is no field of this name`,
    `${line('"payload.delta"')}/takes/benefit.adjusted/when/0/field: 'payload.delta' is no field of it, so this would never hold`,
    `${line('"benefit.raised"')}/takes/benefit.raised: 'benefit.raised' is no type of sync; there is benefit.adjusted`,
    `${line('{tokn}')}/calls/query/path: {tokn} has no value here; there are {token}, {type}, {payload.…}, {not_after}`,
    `${line('{payload.stat}')}/calls/rollback/body/was/of: {payload.stat} is no field of benefit.adjusted`,
    `systems/cheques.json:${lineOf(other, '"title"')}: /title: `,
  ])
    expect(
      said.some((each) => each.startsWith(one)),
      `${one}\n${said.join('\n')}`,
    ).toBe(true);
});

const withCommit = (commit: object, more: object = {}) =>
  told(whole({ ...debit, ...more, calls: { ...debit.calls, commit: { ...debit.calls.commit, ...commit } } }));

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
    expect(told(whole({ ...debit, secrets: { [header]: 'lockstep/debit' } }))).toContain(
      `/secrets/${header}: Nothing sends this secret`,
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

it('names that cdk.json has twice stop the deploy, also outside of the records, and so does what is wrong in one', () => {
  const cdk = (systems: string) => `{\n  "app": "node",\n  "context": {\n    "systems": ${systems}\n  }\n}\n`;
  const said = (systems: string) =>
    refusal(
      { 'systems/debit.json': whole(debit), 'cdk.json': cdk(systems) },
      { context: JSON.parse(systems) },
    );
  expect(said('{ "debit": { "endpoint": "https://a", "endpoint": "https://b" } }')).toBe(
    'cdk.json:4: /context/systems/debit/endpoint: is given more than once',
  );
  expect(said('{\n      "debit": {},\n      "debit": {}\n    }')).toBe(
    'cdk.json:6: /context/systems/debit: is given more than once',
  );
  expect(
    said('{\n      "debit": {\n        "plainHttp": "yes",\n        "private": true\n      }\n    }')?.split(
      '\n',
    ),
  ).toEqual([
    expect.stringMatching(/^cdk\.json:6: \/context\/systems\/debit\/plainHttp: /),
    'cdk.json:7: /context/systems/debit/private: There is no field of this name',
  ]);
  expect(said('{ "taxes": {} }')).toBe(
    'cdk.json:4: /context/systems/taxes: there is no systems/taxes.json for this record',
  );
  expect(
    refusal(
      { 'systems/debit.json': whole(debit) },
      { env: { LOCKSTEP_SYSTEMS: '{"debit":{"plainHttp":true,"plainHttp":false}}' } },
    ),
  ).toContain('LOCKSTEP_SYSTEMS: line 1, column 28: /debit/plainHttp is given more than once');
});

it('an endpoint has no placeholder, which nothing would fill', () => {
  expect(
    refusal({ 'systems/debit.json': whole(debit) }, { env: { ENDPOINT_DEBIT: 'https://debit/{token}' } }),
  ).toContain('an endpoint has no placeholder');
});
