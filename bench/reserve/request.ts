import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

export const tenant = 'acme';
/** Not a secret: it opens an in-memory table of the bench. */
export const apiKey = `lk_${tenant}_${'a'.repeat(43)}`;
/** Slots from this number on are paid for with a card that is refused. */
export const refusedFrom = 900_000;

export type Case = 'success' | 'replay' | 'taken' | 'refused';
/** Requests of a case per process. */
export const rounds = { warmUp: 300, measured: 500, others: 100 };
/** The task of one process: a bundle, its cases, and `stub`, the port of the stub. */
export type Task = { bundle: string; stub: number; run: 'cpu' | 'counts' | 'contend' };

/** A reservation as API Gateway delivers it, the same for all three handlers. */
export const eventOf = (slot: number, key: string) =>
  ({
    httpMethod: 'POST',
    path: `/api/v1/slots/${slot}/reservations`,
    resource: '/api/v1/slots/{slotId}/reservations',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': key,
      'content-type': 'application/json',
    },
    multiValueHeaders: {},
    body: null,
    isBase64Encoded: false,
    pathParameters: { slotId: String(slot) },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    requestContext: {},
  }) as unknown as APIGatewayProxyEvent;

export const contextOf = (id: string) =>
  ({
    awsRequestId: id,
    functionName: 'reserve',
    functionVersion: '1',
    memoryLimitInMB: '512',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:reserve',
    getRemainingTimeInMillis: () => 28_000,
  }) as unknown as Context;

/** A function's environment as Lambda and the stack set it. */
export const environmentOf = (stub: number): Record<string, string> => {
  const url = `http://127.0.0.1:${stub}`;
  const allows = 'plainHttp,privateAddresses';
  return {
    PATH: process.env.PATH ?? '',
    ...{ AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: url, AWS_LAMBDA_FUNCTION_NAME: 'reserve' },
    ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', AWS_SESSION_TOKEN: 'bench' },
    ...{ ENDPOINT_ELIGIBILITY: url, ENDPOINT_CLEARINGHOUSE: url, TABLE: 'product', LEASE_SECONDS: '30' },
    ...{ ENDPOINT_ELIGIBILITY_ALLOWS: allows, ENDPOINT_CLEARINGHOUSE_ALLOWS: allows },
    ...{ VERSIONS: 'v1,v2', DEPRECATED: '{}', ORIGINS: '', KEY_CACHE_SECONDS: '60' },
    // One key calls at full speed: that is the measurement, so the damper is off.
    ...{ KEY_RATE_PER_SECOND: '1000000', KEY_BURST: '1000000' },
  };
};
