import { randomUUID } from 'node:crypto';
import { HttpRequest } from '@smithy/core/transport';

/**
 * A service that speaks AWS JSON. `signedAs` is its signing name and host prefix, `target` the
 * prefix of X-Amz-Target, `variable` the environment variable with its endpoint.
 */
export type AwsJsonService = { signedAs: string; target: string; version: '1.0' | '1.1'; variable: string };

/** The part of a service's requests that never changes. */
export const targetAt = (url: URL) => ({
  at: {
    ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, path: url.pathname },
    ...(url.port && { port: Number(url.port) }),
  },
  host: url.host,
});

/** One request, unsigned. */
export function requestTo(
  { at, host }: ReturnType<typeof targetAt>,
  service: AwsJsonService,
  operation: string,
  body: string,
): HttpRequest {
  return new HttpRequest({
    ...at,
    headers: {
      host,
      'content-type': `application/x-amz-json-${service.version}`,
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': `${service.target}.${operation}`,
      'amz-sdk-invocation-id': randomUUID(),
      'user-agent': 'lockstep',
    },
    body,
  });
}

export const regionOf = (): string => {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!region) throw new Error('The environment has no AWS_REGION');
  return region;
};

export const awsEndpointOf = ({ signedAs, variable }: AwsJsonService, region: string): string =>
  process.env[variable] ??
  process.env.AWS_ENDPOINT_URL ??
  `https://${signedAs}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
