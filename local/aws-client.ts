import type { Reach } from '#lib/aws/sdk.ts';

/**
 * The configuration of an AWS client for the engine named by `env`. It does not touch this
 * process's own environment.
 */
export function awsClient(env: Record<string, string>): Reach {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  const keys = AWS_ACCESS_KEY_ID &&
    AWS_SECRET_ACCESS_KEY && {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  return {
    ...(AWS_ENDPOINT_URL && { endpoint: AWS_ENDPOINT_URL }),
    ...(AWS_REGION && { region: AWS_REGION }),
    ...(keys && { credentials: keys }),
  };
}
