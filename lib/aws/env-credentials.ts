type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

/**
 * A function's credentials, which Lambda puts into its environment. No other source is read: no
 * file, no container, no instance.
 */
export async function envCredentials(): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY)
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  const error = new Error('The environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  throw Object.assign(error, { name: 'CredentialsProviderError' });
}

/** Replaces `@aws-sdk/credential-provider-node` in a bundle. */
export const defaultProvider = () => envCredentials;
