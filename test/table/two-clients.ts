import { expect } from 'vitest';
import type { DynamoCalls } from '#lib/aws/dynamo-calls.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { sdk } from '#lib/aws/sdk.ts';
import { thinCalls } from '#lib/aws/thin-calls.ts';

/**
 * One contract for the SDK's client and the thin one. Time limits are shortened equally for both.
 */
const limits = { maxAttempts: 2, requestHandler: { ...sdk.requestHandler, requestTimeout: 300 } };
export const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };
const reach = (endpoint: string) => ({ endpoint, region: 'eu-central-1', credentials, ...limits });
/** Both clients, at this server by default. */
export const clientsAt = (server: string): Record<string, (endpoint?: string) => DynamoCalls> => ({
  'the SDK': (endpoint = server) => sdkCalls(dynamoClient(reach(endpoint))),
  'the thin client': (endpoint = server) => thinCalls(reach(endpoint)),
});

export const key = { pk: { S: 'p' }, sk: { S: 's' } };
export const get = { TableName: 'things', Key: key };

/** The parts of an error on which a caller can rely. */
type Failure = Error & {
  $fault?: string;
  $metadata?: {
    httpStatusCode?: number;
    requestId?: string;
    attempts?: number;
    clockSkewCorrected?: boolean;
  };
  Item?: unknown;
  CancellationReasons?: unknown;
};
export const failure = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => expect.unreachable('it succeeded'),
    (reason: Failure) => reason,
  );
  const { httpStatusCode, requestId, attempts } = error.$metadata ?? {};
  return {
    name: error.name,
    message: error.message,
    fault: error.$fault,
    httpStatusCode,
    requestId,
    attempts,
  };
};
