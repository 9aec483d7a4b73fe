import type { Endpoint } from './outside/addresses.ts';

/** The one place that reads the environment of a function, at first use and never at import time. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The function's environment lacks ${name}`);
  return value;
}

/** A number that infra/read/settings.ts has set, such as LEASE_SECONDS. */
export function setting(name: string): number {
  const value = Number(env(name));
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number`);
  return value;
}

/**
 * Where an outside system is reached: ENDPOINT_CLEARINGHOUSE for `clearinghouse`. ENDPOINT_CLEARINGHOUSE_ALLOWS lists
 * what its record in cdk.json allows beyond HTTPS to public addresses; without it nothing.
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
