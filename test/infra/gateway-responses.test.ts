import { describe, expect, it } from 'vitest';
import { resourcesOf } from '#infra/report/template.ts';
import { problems } from '#lib/problem.ts';
import { synth, treeWith } from './synth.ts';

const { product } = synth();
const all = (type: string, template = product) =>
  resourcesOf(template, type).map(([, properties]) => properties);
const [rest] = all('AWS::ApiGateway::RestApi');

describe('a response of the gateway itself', () => {
  const answersIn = (origins: string) =>
    all('AWS::ApiGateway::GatewayResponse', synth({ root: treeWith({}), context: { origins } }).product);
  const header = (name: string) => `gatewayresponse.header.${name}`;

  it('is problem+json with a code of the catalogue, a request id and the newest version', () => {
    const answers = all('AWS::ApiGateway::GatewayResponse');
    expect(answers.map(({ ResponseType }) => ResponseType)).toEqual(
      expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'MISSING_AUTHENTICATION_TOKEN']),
    );
    for (const { ResponseParameters, ResponseTemplates, StatusCode } of answers) {
      expect(ResponseParameters).toMatchObject({
        [header('Content-Type')]: "'application/problem+json'",
        [header('X-Request-Id')]: 'context.requestId',
        [header('API-Version')]: "'v2'",
      });
      const { code, status } = JSON.parse(ResponseTemplates['application/json']);
      expect(Object.keys(problems)).toContain(code);
      expect(status?.toString()).toBe(StatusCode);
    }
    expect(answers.find(({ ResponseType }) => ResponseType === 'MISSING_AUTHENTICATION_TOKEN')).toMatchObject(
      { StatusCode: '404' },
    );
  });

  it('allows a web page to read it where exactly one origin is configured', () => {
    const allowed = (origins: string) =>
      answersIn(origins).map(
        ({ ResponseParameters }) => ResponseParameters[header('Access-Control-Allow-Origin')],
      );
    expect(new Set(allowed('https://a.example'))).toEqual(new Set(["'https://a.example'"]));
    expect(new Set(allowed('https://a.example,https://b.example'))).toEqual(new Set([undefined]));
    expect(new Set(allowed(''))).toEqual(new Set([undefined]));
  });

  it('is the same in the OpenAPI body, which would otherwise replace it with a default', () => {
    const inBody = rest.Body['x-amazon-apigateway-gateway-responses'];
    const answers = all('AWS::ApiGateway::GatewayResponse');
    expect(Object.keys(inBody)).toHaveLength(answers.length);
    for (const { ResponseType, ResponseParameters, ResponseTemplates, StatusCode } of answers)
      expect(inBody[ResponseType]).toEqual({
        ...(StatusCode && { statusCode: StatusCode }),
        responseParameters: ResponseParameters,
        responseTemplates: ResponseTemplates,
      });
  });
});
