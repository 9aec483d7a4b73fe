import type { RouteAt } from './routes.ts';

/** One answer of the API. `route` is the door's, or '' where no door answers. */
export type Seen = {
  method: string;
  path: string;
  route: string;
  version: number | undefined;
  sent: { headers: Record<string, string>; body: string };
  status: number;
  headers: Record<string, string>;
  body: string;
};
export type Listener = (seen: Seen) => void | Promise<void>;

const listeners: Listener[] = [];
/**
 * Adds a listener for every answer of every journey. A listener that throws fails the call, and
 * so the test.
 */
export const onAnswer = (listener: Listener): void => void listeners.push(listener);

type Api = { baseUrl: string; routeAt: RouteAt };
type Fetch = typeof fetch;

/**
 * Wraps `fetch`: answers of the API at `baseUrl` go to every listener, and other calls pass
 * unchanged.
 */
export const recording =
  ({ baseUrl, routeAt }: Api, send: Fetch): Fetch =>
  async (input, init) => {
    const answer = await send(input, init);
    const url = String(input instanceof Request ? input.url : input);
    if (listeners.length === 0 || !url.startsWith(baseUrl)) return answer;
    const method = (init?.method ?? 'GET').toUpperCase();
    const path = url.slice(baseUrl.length);
    const seen: Seen = {
      method,
      path,
      ...routeAt(method, path),
      sent: { headers: withoutKey(init?.headers), body: typeof init?.body === 'string' ? init.body : '' },
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.clone().text(),
    };
    for (const listener of listeners) await listener(seen);
    return answer;
  };

const withoutKey = (headers: RequestInit['headers']): Record<string, string> => {
  const { authorization: _, ...rest } = Object.fromEntries(new Headers(headers));
  return rest;
};
