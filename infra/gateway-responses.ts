import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** What the gateway says by itself, before any door is reached. The codes are those of lib/problem.ts where it has one. */
const answers = [
  { type: ResponseType.DEFAULT_4XX, code: 'invalid-request', title: 'The request is not valid' },
  { type: ResponseType.DEFAULT_5XX, code: 'unavailable', title: 'A service that we depend on is away' },
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
    title: 'A service that we depend on is away',
  },
];

/** RFC 9457, from the gateway too, so that a caller parses one kind of refusal. */
export const answerAsProblems = (api: RestApi) => {
  for (const { type, status, code, title } of answers) {
    const problem = {
      type: `urn:problem-type:lockstep:${code}`,
      title,
      ...(status && { status: Number(status) }),
      code,
    };
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status && { statusCode: status }),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(status === '429' && { 'Retry-After': "'1'" }),
      },
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
};
