import { request } from 'node:http';
import type { Seen } from './calls-seen.ts';

/**
 * The stub's initial state: `slots` free slots, and the answer times of AWS and of an outside
 * system.
 */
export type Start = { slots: number; awsMs?: number; businessMs?: number };

/** The stub's meter, read from another process. */
export const meter = (port: number) => ({
  reset: async (start: Start) => void (await ask(port, '/reset', start)),
  /** The calls since the last reset. */
  seen: async () => (await ask(port, '/seen')) as Seen[],
});

const ask = (port: number, path: string, body: object = {}): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', agent: false };
    const asked = request(options, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text ? JSON.parse(text) : undefined));
    });
    asked.on('error', reject).end(JSON.stringify(body));
  });
