import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synth, treeWith } from './synth.ts';

const root = treeWith({});
const planned = (context: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = {}) =>
  synth({ root, context, env }).plan;

describe('the endpoint of an outside system', () => {
  const systemIn = (
    manifest: object | string,
    env: NodeJS.ProcessEnv = {},
    { name = 'tax-office', record = {} }: { name?: string; record?: object } = {},
  ) => {
    const tree = treeWith({});
    for (const other of readdirSync(join(tree, 'systems')).filter((file) => file.endsWith('.json')))
      rmSync(join(tree, 'systems', other));
    writeFileSync(join(tree, 'systems', `${name}.json`), JSON.stringify(manifest));
    return synth({ root: tree, env, context: { systems: { [name]: record } } }).plan.systems;
  };
  const open = {
    name: 'tax-office',
    title: 'Tax Office',
    calls: {},
    capabilities: { idempotent: 'none', tombstone: false },
  };
  const at = (ENDPOINT_TAX_OFFICE: string) => ({ ENDPOINT_TAX_OFFICE });

  it('comes from the environment, or else from cdk.json', () => {
    const endpoints = (env: NodeJS.ProcessEnv) =>
      Object.fromEntries(planned({}, env).systems.map(({ manifest, endpoint }) => [manifest.name, endpoint]));
    expect(endpoints({})).toMatchObject({
      clearinghouse: 'https://clearinghouse.invalid',
      eligibility: 'https://eligibility.invalid',
    });
    expect(endpoints({ ENDPOINT_ELIGIBILITY: 'https://eligible.example.gov/' }).eligibility).toBe(
      'https://eligible.example.gov',
    );
  });

  it('stops the synth when it is missing, and is named', () => {
    expect(() => systemIn(open)).toThrow(
      "systems/tax-office.json: no endpoint; set ENDPOINT_TAX_OFFICE, or \"endpoint\" of 'tax-office' under 'systems'",
    );
  });

  it.each([
    ['http://tax.example.gov', 'plain HTTP'],
    ['https://127.0.0.1', 'a private address'],
    ['https://10.1.2.3', 'a private address'],
    ['https://[::1]:8443', 'a private address'],
    ['https://[::ffff:10.0.0.1]', 'a private address'],
    ['https://localhost', 'a private address'],
    ['ftp://tax.example.gov', 'no http(s) URL'],
    ['https://user:word@tax.example.gov', 'credentials'],
    ['tax.example.gov', 'no http(s) URL'],
  ])('is refused when it is %s: %s', (endpoint, why) => {
    expect(() => systemIn(open, at(endpoint))).toThrow(why);
  });

  it('may be plain HTTP and private where its record allows it, and public anywhere', () => {
    const record = { plainHttp: true, privateAddresses: true };
    expect(systemIn(open, at('http://10.0.0.7:8080'), { record })[0]).toMatchObject({
      endpoint: 'http://10.0.0.7:8080',
    });
    expect(systemIn(open, at('https://tax.example.gov/base/'))[0]).toMatchObject({
      endpoint: 'https://tax.example.gov/base',
    });
  });

  it.each([
    ['https://10.1.2.3', { plainHttp: true }, 'needs "privateAddresses": true in systems.tax-office'],
    ['http://10.1.2.3', { privateAddresses: true }, 'needs "plainHttp": true in systems.tax-office'],
  ])('needs the right switch of its record: %s with %o', (endpoint, record, why) => {
    expect(() => systemIn(open, at(endpoint), { record })).toThrow(why);
  });

  it.each([
    ['http://tax.example.gov', { plainHttp: true }],
    ['http://8.8.8.8', { plainHttp: true, privateAddresses: true }],
  ])(
    'is refused when secrets would go over plain HTTP to a public address: %s with %o',
    (endpoint, record) => {
      const withSecrets = { ...open, secrets: { 'x-api-key': 'tax/key' } };
      expect(() => systemIn(withSecrets, at(endpoint), { record })).toThrow(
        'secrets do not go over plain HTTP to a public address',
      );
      expect(systemIn(open, at(endpoint), { record })).toHaveLength(1);
      expect(systemIn(withSecrets, at(endpoint.replace('http:', 'https:')), { record })).toHaveLength(1);
    },
  );

  it('needs a record with known keys, of an existing system', () => {
    const url = at('https://tax.example.gov');
    expect(() => systemIn(open, url, { record: { private: true } })).toThrow('systems.tax-office');
    expect(() => systemIn(open, url, { record: { plainHttp: 'yes' } })).toThrow(
      'systems.tax-office.plainHttp: ',
    );
    expect(() => systemIn(open, { ...url, LOCKSTEP_SYSTEMS: '{"taxes":{}}' })).toThrow(
      'systems.taxes: there is no systems/taxes.json for this record',
    );
    expect(() => systemIn(open, { ...url, LOCKSTEP_SYSTEMS: '{' })).toThrow('LOCKSTEP_SYSTEMS');
  });

  it('needs a manifest without unknown fields, whose name is its file’s', () => {
    expect(() => systemIn({ ...open, timeoutMs: 5 }, at('https://tax.example.gov'))).toThrow(
      'systems/tax-office.json:1: /timeoutMs',
    );
    expect(() => systemIn(open, at('https://tax.example.gov'), { name: 'taxes' })).toThrow(
      'systems/taxes.json:1: /name',
    );
  });

  it('needs a manifest whose adapter exists', () => {
    const takesPart = { adapter: 'rest', calls: { commit: { method: 'POST', path: '/' } } };
    expect(() => systemIn({ ...open, ...takesPart }, at('https://tax.example.gov'))).not.toThrow();
    expect(() => systemIn({ ...open, ...takesPart, adapter: 'soap' }, at('https://tax.example.gov'))).toThrow(
      "systems/tax-office.json:1: /adapter: 'soap' is no adapter; functions/adapters/soap.ts is missing",
    );
  });
});
