import { ResponseType, type SpecRestApi } from 'aws-cdk-lib/aws-apigateway';

/**
 * The gateway's own refusals, before any door is invoked. Their codes are those of lib/problem.ts
 * where it has one.
 */
const refusals = [
  { type: ResponseType.DEFAULT_4XX, code: 'invalid-request', title: 'The request is not valid' },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'unavailable',
    title: 'A service that we depend on is unavailable',
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: '404',
    code: 'route-not-found',
    title: 'No such path or method',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: '413',
    code: 'body-too-large',
    title: 'The body is too large',
  },
  { type: ResponseType.THROTTLED, status: '429', code: 'too-many-requests', title: 'Too many requests' },
  { type: ResponseType.QUOTA_EXCEEDED, status: '429', code: 'too-many-requests', title: 'Too many requests' },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: '504',
    code: 'unavailable',
    title: 'A service that we depend on is unavailable',
  },
];

type Common = { version: string; origins: string[] };
/** One answer of the gateway, in the words of its OpenAPI extension. */
export type GatewayResponse = {
  type: ResponseType;
  statusCode?: string;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
};

/** The gateway's answers as RFC 9457 problems, so that a caller parses one kind of refusal. */
export const gatewayResponses = (common: Common): GatewayResponse[] =>
  refusals.map(({ type, status, code, title }) => {
    const problem = {
      type: `urn:problem-type:lockstep:${code}`,
      title,
      ...(status && { status: Number(status) }),
      code,
    };
    const headers = { ...headersOf(common), ...(status === '429' && { 'Retry-After': "'1'" }) };
    return {
      type,
      ...(status && { statusCode: status }),
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
      ),
      responseTemplates: { 'application/json': JSON.stringify(problem) },
    };
  });

/**
 * A value is a quoted literal or a name of the gateway's context. It cannot compare, so it names
 * an origin only if there is just one.
 */
const headersOf = ({ version, origins }: Common): Record<string, string> => ({
  'Content-Type': "'application/problem+json'",
  'X-Request-Id': 'context.requestId',
  'API-Version': `'${version}'`,
  ...(origins.length === 1 && {
    'Access-Control-Allow-Origin': `'${origins[0]}'`,
    'Access-Control-Expose-Headers': "'API-Version, Retry-After, X-Request-Id'",
  }),
});

/**
 * The same answers as resources, beside those in the body: AWS deletes these resources when it
 * imports a changed body, and not every engine reads the body's.
 */
export const addGatewayResponses = (api: SpecRestApi, answers: GatewayResponse[]) => {
  for (const { type, statusCode, responseParameters, responseTemplates } of answers) {
    api.addGatewayResponse(type.responseType, {
      type,
      ...(statusCode && { statusCode }),
      responseHeaders: Object.fromEntries(
        Object.entries(responseParameters).map(([name, value]) => [
          name.slice('gatewayresponse.header.'.length),
          value,
        ]),
      ),
      templates: responseTemplates,
    });
  }
};
