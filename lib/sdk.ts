/**
 * What every AWS client of ours is made with: it gives up. A call takes at most two attempts of three seconds; without throwOnRequestTimeout the SDK only
 * warns, and a hung connection hangs the function. Region, endpoint and credentials come from the environment, through the SDK.
 */
export const sdk = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};
