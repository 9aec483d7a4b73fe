import {
  getRetryAfterHint,
  isServerError,
  isThrottlingError,
  isTransientError,
  StandardRetryStrategy,
} from '@smithy/core/retry';
import type { HttpRequest, HttpResponse } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RetryErrorInfo, SdkError } from '@smithy/types';
import { once } from '#lib/once.ts';
import { callCounter } from './aws-calls.ts';
import { type AwsJsonService, awsEndpointOf, regionOf, requestTo, targetAt } from './aws-json-request.ts';
import { clockSkew } from './clock-skew.ts';
import { errorOf, fromWire, metadataOf } from './dynamo-wire.ts';
import { envCredentials } from './env-credentials.ts';
import { type Reach, sdk } from './sdk.ts';
import { Sha256 } from './sha256.ts';

type Limits = { maxAttempts: number; requestHandler: ConstructorParameters<typeof NodeHttpHandler>[0] };
type Failure = SdkError & { $response?: HttpResponse };

/**
 * A client made of the SDK's own parts: its signer, HTTP handler and retry strategy, with the
 * function's credentials. Errors carry the SDK's fields: `name`, `$metadata`, `$fault`, and those
 * of the operation.
 */
export function awsJsonCalls(
  service: AwsJsonService,
  { endpoint, region, credentials, ...limits }: Reach & Partial<Limits> = {},
): (operation: string, body: string) => Promise<Record<string, unknown>> {
  const { maxAttempts, requestHandler } = { ...sdk, ...limits };
  const target = once(() => targetAt(new URL(endpoint ?? awsEndpointOf(service, region ?? regionOf()))));
  const handler = new NodeHttpHandler(requestHandler);
  const strategy = new StandardRetryStrategy({ maxAttempts });
  const skew = clockSkew();
  const signer = new SignatureV4({
    service: service.signedAs,
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

  return async (operation, body) => {
    const request = requestTo(target(), service, operation, body);
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
        return output;
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

/** The whole body, an IncomingMessage. One that breaks off is an error of the stream. */
const textOf = (body: HttpResponse['body']): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    body.setEncoding('utf8');
    body.on('data', (part: string) => {
      text += part;
    });
    body.on('error', reject);
    body.on('end', () => resolve(text));
  });

/** Adds what the SDK adds to an error: the response, not enumerable, and its metadata. */
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
