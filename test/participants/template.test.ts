import { expect, it } from 'vitest';
import { httpRequest } from '#domain/participants/lines/http/http-line.ts';
import { fillTemplate } from '#domain/participants/lines/http/template.ts';
import { valueAt } from '#lib/value-at.ts';
import { manifest } from '#systems/manifest.ts';

const values = {
  token: 't-1',
  payload: { state: 'OH', delta: -5, list: [1, { a: null }], trap: '{token} $& {payload.state}' },
  type: 'x.y',
};

it('a template keeps the types of values, and omits fields without a value', () => {
  const template = {
    id: '{token}',
    amount: '{payload.delta}',
    items: ['{payload.list}', '{payload.state}'],
    gone: '{payload.nothing}',
    n: 3,
    no: null,
  };
  expect(fillTemplate(template, values)).toEqual({
    id: 't-1',
    amount: -5,
    items: [[1, { a: null }], 'OH'],
    n: 3,
    no: null,
  });
});

it('a template inserts values into a text as text, and doubled braces as braces', () => {
  expect(fillTemplate('{type} of {payload.state} by {payload.delta}!', values)).toBe('x.y of OH by -5!');
  expect(fillTemplate('mutation {{ undo(t: "{token}") {{ id }} }}', values)).toBe(
    'mutation { undo(t: "t-1") { id } }',
  );
  expect(fillTemplate('{{token}}', values)).toBe('{token}');
});

it.each<[string, unknown]>([
  ['a part of a text that the payload lacks', 'US-{payload.nothing}'],
  ['a part of a text that is a whole document', '{payload}!'],
  ['a part of a text that is null', 'x{payload.list.1.a}'],
  ['a word that this call does not have', { a: { b: '{chunk.index}' } }],
  ['a word that there is not', ['{tokn}']],
  ['a place in a list, of which nothing can be left out', [1, '{payload.nothing}']],
])('sends nothing where a placeholder has no value: %s', (_, template) => {
  expect(() => fillTemplate(template, values)).toThrow('has no value here, nothing was sent: ');
});

it('a template is filled once: a value is never read as a pattern', () => {
  expect(fillTemplate('<{payload.trap}>', values)).toBe('<{token} $& {payload.state}>');
  expect(fillTemplate('{payload.trap}', values)).toBe('{token} $& {payload.state}');
});

it('a template sees own fields of the document only', () => {
  for (const path of [
    'payload.constructor',
    'payload.__proto__',
    'payload.state.length',
    'token.0',
    'payload.list.length.x',
  ])
    expect(valueAt(values, path)).toBeUndefined();
  expect(valueAt(values, 'payload.list.1.a')).toBeNull();
  expect(valueAt(undefined, 'a')).toBeUndefined();
});

it('a phase sends its template, or token, type and payload by default', () => {
  const system = manifest.parse({
    ...{ name: 'office', title: 'Office', adapter: 'rest' },
    calls: {
      prepare: { method: 'POST', path: '/holds/{token}', body: { until: '{not_after}', call: '{key}' } },
      commit: { method: 'POST', path: '/do' },
      rollback: { method: 'POST', path: '/undo', body: {} },
      query: { method: 'GET', path: '/holds/{token}' },
    },
    capabilities: {
      prepare: 'reserve',
      undo: 'inverse',
      query: true,
      idempotent: 'native-key',
      tombstone: true,
    },
  });
  const ask = {
    system,
    outsideToken: 'tok',
    key: 'tok:office:x:0',
    type: 'x.y',
    payload: { a: 1 },
    acceptedAt: 0,
    notAfter: Date.parse('2027-01-15T08:00:00Z'),
  };
  expect(['prepare', 'commit', 'rollback', 'query'].map((phase) => httpRequest(ask, phase))).toEqual([
    {
      method: 'POST',
      path: '/holds/tok',
      body: { until: '2027-01-15T08:00:00.000Z', call: 'tok:office:x:0' },
    },
    { method: 'POST', path: '/do', body: { event_id: 'tok', type: 'x.y', payload: { a: 1 } } },
    { method: 'POST', path: '/undo', body: {} },
    { method: 'GET', path: '/holds/tok', body: undefined },
  ]);
});
