import type { Endpoint } from './outside/addresses.ts';

/** Reads an environment variable of a function, at first use and never at import time. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The function's environment lacks ${name}`);
  return value;
}

/** A number from infra/read/settings.ts, such as LEASE_SECONDS. */
export function setting(name: string): number {
  const value = Number(env(name));
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number`);
  return value;
}

/**
 * The endpoint of an outside system: ENDPOINT_CLEARINGHOUSE for `clearinghouse`.
 * ENDPOINT_CLEARINGHOUSE_ALLOWS lists what its record in cdk.json allows beyond HTTPS to public
 * addresses; by default nothing.
 */
export function endpointOf(system: string): Endpoint {
  const variable = `ENDPOINT_${system.toUpperCase().replaceAll('-', '_')}`;
  const allows = (process.env[`${variable}_ALLOWS`] ?? '').split(',');
  return {
    url: env(variable),
    plainHttp: allows.includes('plainHttp'),
    privateAddresses: allows.includes('privateAddresses'),
  };
}
