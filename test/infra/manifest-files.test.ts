import { expect, it } from 'vitest';
import cheques from '#systems/cheques.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { lineOf, refusal, refusalOf, utf16, whole } from './refused-manifests.ts';

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
  expect(refusalOf(text)).toContain(message);
});

it('a name that is there twice stops the deploy, however deep, and all of them are named', () => {
  const text = whole(debit)
    .replace('"title": "Debit', '"title": "Debit",\n  "title": "Debit')
    .replace('"query": true,', '"query": true,\n    "que\\u0072y": true,')
    .replace('"state": "{payload.state}",', '"state": "{payload.state}",\n        "state": "OH",');
  expect(refusalOf(text)).toBe(
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
