import { callCounter } from './aws-calls.ts';

/**
 * The settings of every AWS client: at most two attempts of three seconds. Without
 * throwOnRequestTimeout the SDK only warns, and a hung connection hangs the function.
 */
export const sdk = {
  maxAttempts: 2,
  logger: callCounter,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** The same for a long poll, which may take twenty seconds on AWS's side. */
export const patientSdk = { ...sdk, requestHandler: { ...sdk.requestHandler, requestTimeout: 25_000 } };

/** Region, endpoint and credentials for tools that do not take them from the environment. */
export type Reach = {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};
