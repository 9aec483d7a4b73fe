import { onTestFinished } from 'vitest';
import { serveSystems } from '#examples/systems/serve.ts';

/** The outside systems for one test, and plain ways to talk to them. */
export async function openSystems() {
  const { systems, close } = await serveSystems();
  onTestFinished(close);
  const talk = (base: string) => {
    const ask = async (method: string, path: string, body?: unknown) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(base + path, { method, ...(text !== undefined && { body: text }), signal: AbortSignal.timeout(3_000) });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    return {
      url: base,
      post: (path: string, body?: unknown) => ask('POST', path, body),
      get: (path: string) => ask('GET', path),
      told: (order: object) => ask('POST', '/control', order),
      clear: () => ask('DELETE', '/control'),
      books: async () => (await ask('GET', '/books')).body as { entries: Record<string, unknown>[]; arrivals: Record<string, unknown>[] },
    };
  };
  return { clearinghouse: talk(systems.clearinghouse.url), eligibility: talk(systems.eligibility.url), close };
}

export const inAMinute = () => new Date(Date.now() + 60_000).toISOString();
export const order = (fields: object = {}) => ({ key: 'k', amount: 0, currency: 'USD', slot: 7, not_after: inAMinute(), ...fields });
