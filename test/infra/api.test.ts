import { describe, expect, it } from 'vitest';
import { methods, pathsOf } from '#infra/read/api-body.ts';
import { doorsIn } from '#infra/read/doors.ts';
import { routesOf } from '#infra/read/routes.ts';
import {
  greedyFile,
  referred,
  resourcesOf,
  routesIn,
  statementsOf,
  type Template,
} from '#infra/report/template.ts';
import { checkout, synth, treeWith } from './synth.ts';

const { product } = synth();
const all = (type: string, template = product) =>
  resourcesOf(template, type).map(([, properties]) => properties);
const [rest] = all('AWS::ApiGateway::RestApi');
const tree = (...files: string[]) =>
  synth({ root: treeWith(Object.fromEntries(files.map((file) => [`functions/${file}.ts`, '']))) }).product;
const said = (template: Template) =>
  routesIn(template).map(({ method, path, file }) => `${method} ${path} ${file}`);

describe('the API’s template', () => {
  it('is one OpenAPI body, without resources for paths, methods or permissions', () => {
    for (const type of ['Resource', 'Method', 'Model', 'Authorizer', 'RequestValidator'])
      expect(all(`AWS::ApiGateway::${type}`), type).toEqual([]);
    expect(all('AWS::Lambda::Permission')).toEqual([]);
    expect(rest.Body.openapi).toBe('3.0.1');
    expect(resourcesOf(product, 'AWS::ApiGateway::RestApi').map(([id]) => id)).toEqual(['ApiRest4DEC74FE']);
  });

  it('integrates each route with its door, and every other method of its path with the greedy door', () => {
    const routes = routesOf(doorsIn(checkout)).map(
      ({ method, path, door }) => `${method} ${path} ${door.file}`,
    );
    const deployed = said(product);
    expect(deployed.filter((each) => !each.endsWith(greedyFile)).sort()).toEqual(routes.sort());
    expect(deployed).toContain(`OPTIONS /api/v1/slots/{slotId} ${greedyFile}`);
  });

  it('declares all seven methods on every path, also on parent paths that the gateway creates', () => {
    const paths = ['/', '/api', '/api/v1', '/api/v1/a', '/api/v1/a/{id}', '/api/v1/a/{id}/b', '/{proxy+}'];
    const deployed = tree('api/v1/a.[id].b.get');
    expect(Object.keys(all('AWS::ApiGateway::RestApi', deployed)[0].Body.paths).sort()).toEqual(paths);
    for (const { Body } of [rest, ...all('AWS::ApiGateway::RestApi', deployed)])
      for (const [path, operations] of Object.entries<object>(Body.paths))
        expect([path, Object.keys(operations)]).toEqual([path, [...methods]]);
    expect(routesIn(deployed).filter(({ file }) => file !== greedyFile)).toHaveLength(1);
  });

  it('stays within half of API Gateway’s limits of 300 paths and 6 MB', () => {
    const roots = 1;
    expect(pathsOf(routesOf(doorsIn(checkout))).length + roots).toBeLessThan(300 / 2);
    expect(JSON.stringify(rest.Body).length).toBeLessThan(6_000_000 / 2);
  });

  it('consists of Lambda proxies under one role, with the parameters of their paths', () => {
    const [[role] = ['']] = resourcesOf(product, 'AWS::IAM::Role').filter(
      ([, { AssumeRolePolicyDocument }]) =>
        JSON.stringify(AssumeRolePolicyDocument).includes('apigateway.amazonaws.com'),
    );
    for (const [path, operations] of Object.entries<object>(rest.Body.paths)) {
      const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name);
      for (const operation of Object.values(operations)) {
        const { parameters = [], security, 'x-amazon-apigateway-integration': integration } = operation;
        expect(integration).toMatchObject({ type: 'aws_proxy', httpMethod: 'POST' });
        expect(JSON.stringify(integration.uri)).toMatch(
          /:lambda:path\/2015-03-31\/functions\/.*\/invocations"/,
        );
        expect(integration.credentials).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
        expect(parameters.map(({ name }: { name: string }) => name)).toEqual(names);
        expect(security).toBeUndefined();
      }
    }
  });

  it('has a new deployment when a route is added, and only then', () => {
    const deployment = (template: Template) => resourcesOf(template, 'AWS::ApiGateway::Deployment')[0]?.[0];
    expect(deployment(tree('api/v1/a.get'))).toBe(deployment(tree('api/v1/a.get')));
    expect(deployment(tree('api/v1/a.get'))).not.toBe(deployment(tree('api/v1/a.get', 'api/v1/a.put')));
  });

  it('throttles the stage', () => {
    const [stage] = all('AWS::ApiGateway::Stage');
    expect(stage.StageName).toBe('live');
    expect(stage.MethodSettings).toMatchObject([{ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }]);
  });
});

describe('the gateway’s role', () => {
  const roleOf = (template: Template) =>
    referred(
      Object.values<Record<string, Record<string, { credentials: unknown }>>>(
        all('AWS::ApiGateway::RestApi', template)[0].Body.paths,
      )[0]!.get!['x-amazon-apigateway-integration']!.credentials,
    );
  const invoked = (template: Template) =>
    statementsOf(template, roleOf(template)).flatMap(({ Resource }) => [Resource].flat().map(referred));

  it('may invoke each routed function, and nothing else', () => {
    const files = invoked(product).map((id) => product.Resources[id]!.Properties.Description);
    expect(files.sort()).toEqual([...new Set(routesIn(product).map(({ file }) => file))].sort());
    for (const { Action, Effect } of statementsOf(product, roleOf(product)))
      expect([Effect, Action]).toEqual(['Allow', 'lambda:InvokeFunction']);
    expect(product.Resources[roleOf(product)]!.Properties.Policies).toBeUndefined();
  });

  it('has a policy for each area, split before it exceeds the size limit', () => {
    const names = Array.from({ length: 100 }, (_, index) => `api/v1/a-long-name-of-a-thing-${index}.get`);
    const crowded = tree(...names, 'ops/v1/a.get');
    const policies = resourcesOf(crowded, 'AWS::IAM::ManagedPolicy');
    expect(policies.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'ApiInvokerapi',
      'ApiInvokerapi2',
      'ApiInvokerapi3',
      'ApiInvokerops',
    ]);
    expect(invoked(crowded)).toHaveLength(102);
    expect(policies.length).toBeLessThanOrEqual(10);
    for (const [id, { PolicyDocument }] of policies)
      expect([id, sizeOf(PolicyDocument) <= 6144]).toEqual([id, true]);
  });
});

/** The size of a policy as AWS counts it, with the longest possible function ARNs. */
const sizeOf = (policy: object) => {
  const arn = `arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:${'n'.repeat(64)}`;
  return JSON.stringify(policy).replaceAll(/\{"Fn::GetAtt":\["\w+","Arn"\]\}/g, `"${arn}"`).length;
};
