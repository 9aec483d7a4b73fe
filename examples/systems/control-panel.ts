import { pattern } from './wire.ts';

type Pages = Record<string, (at: Record<string, string>) => unknown>;
type Orders = { give: (body: unknown) => unknown; clear: () => unknown };
type Desk = { entries: () => unknown[]; arrivals: unknown[]; orders: Orders; pages?: Pages | undefined };
type Asked = { method: string | undefined; pathname: string; body: unknown };

/**
 * A partner's public reads, and `/control`, which orders its misbehaviour. Undefined for any other
 * path.
 */
export function controlPanelOf({ entries, arrivals, orders, pages = {} }: Desk) {
  const reads: Pages = {
    '/health': () => ({ status: 'ok' }),
    '/books': () => ({ entries: entries(), arrivals }),
    ...pages,
  };
  const read = Object.entries(reads).map(([path, page]) => [pattern(path), page] as const);
  return ({ method, pathname, body }: Asked): { body: unknown } | undefined => {
    if (pathname === '/control' && method === 'POST') return { body: { orders: orders.give(body) } };
    if (pathname === '/control' && method === 'DELETE') return { body: { orders: orders.clear() } };
    const [path, page] = (method === 'GET' && read.find(([path]) => path.test(pathname))) || [];
    if (!path || !page) return undefined;
    const named = Object.entries(path.exec(pathname)?.groups ?? {});
    return { body: page(Object.fromEntries(named.map(([name, text]) => [name, decodeURIComponent(text)]))) };
  };
}
