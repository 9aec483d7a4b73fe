import { randomUUID } from 'node:crypto';
import {
  getRetryAfterHint,
  isServerError,
  isThrottlingError,
  isTransientError,
  StandardRetryStrategy,
} from '@smithy/core/retry';
import { HttpRequest, type HttpResponse } from '@smithy/core/transport';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RetryErrorInfo, SdkError } from '@smithy/types';
import { callCounter } from './aws-calls.ts';
import { clockSkew } from './clock-skew.ts';
import type { DynamoCalls, Input, Operation } from './dynamo-calls.ts';
import { errorOf, fromWire, metadataOf, targetOf, toWire } from './dynamo-wire.ts';
import { envCredentials } from './env-credentials.ts';
import { once } from './once.ts';
import { type Reach, sdk } from './sdk.ts';
import { Sha256 } from './sha256.ts';

type Limits = { maxAttempts: number; requestHandler: ConstructorParameters<typeof NodeHttpHandler>[0] };
type Failure = SdkError & { $response?: HttpResponse };

/**
 * DynamoDB without the SDK's client, made of the SDK's own parts: its signer, its HTTP handler, its retry strategy. It knows the operations of
 * lib/dynamo-calls.ts, signs with the function's credentials, and finds the service by the function's environment.
 */
export function thinCalls({
  endpoint,
  region,
  credentials,
  ...limits
}: Reach & Partial<Limits> = {}): DynamoCalls {
  const { maxAttempts, requestHandler } = { ...sdk, ...limits };
  const url = once(() => new URL(endpoint ?? endpointOf(region ?? regionOf())));
  const handler = new NodeHttpHandler(requestHandler);
  const strategy = new StandardRetryStrategy({ maxAttempts });
  const skew = clockSkew();
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: async () => region ?? regionOf(),
    credentials: credentials ?? envCredentials,
    sha256: Sha256,
  });

  async function attempt(request: HttpRequest): Promise<Record<string, unknown>> {
    const [sentAt, before] = [Date.now(), skew.offset()];
    let response: HttpResponse | undefined;
    try {
      const signed = (await signer.sign(request, { signingDate: skew.now() })) as HttpRequest;
      ({ response } = await handler.handle(signed));
      const body = fromWire(await textOf(response.body));
      if (response.statusCode >= 300) throw errorOf(body, response);
      skew.answered(response, sentAt);
      return { ...body, $metadata: metadataOf(response) };
    } catch (error) {
      throw told(error as Failure, response, (failure) => skew.failed(failure as never, sentAt, before));
    }
  }

  return async (operation, input) => {
    const request = requestTo(url(), operation, input);
    let token = await strategy.acquireInitialRetryToken('');
    let totalRetryDelay = 0;
    for (;;) {
      const attempts = token.getRetryCount() + 1;
      try {
        request.headers['amz-sdk-request'] = `attempt=${attempts}; max=${maxAttempts}`;
        const output = await attempt(request);
        strategy.recordSuccess(token);
        Object.assign(output.$metadata as object, { attempts, totalRetryDelay });
        callCounter.info({ commandName: operation, metadata: output.$metadata });
        return output as never;
      } catch (error) {
        const failure = error as Failure;
        try {
          token = await strategy.refreshRetryTokenForRetry(token, kindOf(failure));
        } catch {
          failure.$metadata = { ...failure.$metadata, attempts, totalRetryDelay };
          callCounter.error({ commandName: operation, metadata: failure.$metadata });
          throw failure;
        }
        totalRetryDelay += token.$retryLog?.acquisitionDelay ?? 0;
      }
    }
  };
}

function requestTo(url: URL, operation: Operation, input: Input<Operation>): HttpRequest {
  // A second attempt carries the same token, so it is no second transaction.
  const once = operation === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {};
  const body = toWire({ ...once, ...input });
  return new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': targetOf(operation),
      'amz-sdk-invocation-id': randomUUID(),
      'user-agent': 'lockstep',
    },
    body,
  });
}

const textOf = async (body: HttpResponse['body']): Promise<string> =>
  Buffer.from(await streamCollector(body)).toString();

/** What the SDK adds to an error that came with an answer: the answer, hidden, and its metadata. */
function told(error: Failure, response: HttpResponse | undefined, learn: (error: Failure) => void): Failure {
  if (!response) return error;
  Object.defineProperty(error, '$response', { value: response, enumerable: false });
  error.$metadata ??= metadataOf(response);
  learn(error);
  return error;
}

function kindOf(error: Failure): RetryErrorInfo {
  const retryAfterHint = getRetryAfterHint(error.$response, undefined);
  return {
    error,
    errorType: errorTypeOf(error),
    ...(retryAfterHint && { retryAfterHint }),
  };
}

function errorTypeOf(error: SdkError): RetryErrorInfo['errorType'] {
  if (isThrottlingError(error)) return 'THROTTLING';
  if (isTransientError(error)) return 'TRANSIENT';
  return isServerError(error) ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}

const regionOf = (): string => {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new Error('The environment has no AWS_REGION');
  return region;
};

const endpointOf = (region: string): string =>
  process.env.AWS_ENDPOINT_URL_DYNAMODB ??
  process.env.AWS_ENDPOINT_URL ??
  `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
