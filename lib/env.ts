/** The one place that reads the environment of a function, at first use and never at import time. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The function's environment lacks ${name}`);
  return value;
}

/** A number that infra/settings.ts has set, such as LEASE_SECONDS. */
export function setting(name: string): number {
  const value = Number(env(name));
  if (!Number.isFinite(value)) throw new Error(`${name} must be a number`);
  return value;
}

/** Where an outside system is reached: ENDPOINT_CLEARINGHOUSE for `clearinghouse`. */
export const endpointOf = (system: string): string =>
  env(`ENDPOINT_${system.toUpperCase().replaceAll('-', '_')}`);
