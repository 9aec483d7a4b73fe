import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

export type Given = {
  method?: string;
  path?: string;
  headers?: Record<string, string> | null;
  body?: string;
  base64?: boolean;
  query?: Record<string, string[]>;
  pathParameters?: Record<string, string>;
};

/** An event of the gateway: header names as the caller wrote them, null for what is absent. */
export const proxyEvent = ({
  method = 'GET',
  path = '/api/v1/things',
  headers = {},
  body,
  base64 = false,
  query,
  pathParameters,
}: Given = {}) =>
  ({
    httpMethod: method,
    path,
    resource: path,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name, [value]]),
    ),
    body: body ?? null,
    isBase64Encoded: base64,
    pathParameters: pathParameters ?? null,
    queryStringParameters: query
      ? Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.at(-1)]))
      : null,
    multiValueQueryStringParameters: query ?? null,
    stageVariables: null,
    requestContext: {},
  }) as unknown as APIGatewayProxyEvent;

export const requestId = '11111111-2222-3333-4444-555555555555';
type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>;

/** The answer of a door, with header names in lower case and the body parsed. */
export async function ask(handler: unknown, given: Given = {}) {
  const context = {
    awsRequestId: requestId,
    functionName: 'door',
    getRemainingTimeInMillis: () => 10_000,
  } as Context;
  const {
    statusCode,
    headers = {},
    body,
  } = (await (handler as Handler)(proxyEvent(given), context)) as APIGatewayProxyResult;
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    text: body,
    body: body === '' ? undefined : JSON.parse(body),
  };
}
