import { callCounter } from './aws-calls.ts';

/**
 * What every AWS client of ours is made with: it gives up. A call takes at most two attempts of three seconds; without throwOnRequestTimeout the SDK only
 * warns, and a hung connection hangs the function. Region, endpoint and credentials come from the environment, through the SDK.
 */
export const sdk = {
  maxAttempts: 2,
  logger: callCounter,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** The same for a call that may wait for messages, up to twenty seconds of it on AWS's side. */
export const patientSdk = { ...sdk, requestHandler: { ...sdk.requestHandler, requestTimeout: 25_000 } };

/** How AWS is reached by those who cannot leave it to their environment. */
export type Reach = {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
};
