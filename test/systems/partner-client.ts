/** A plain HTTP client of the partner at this address. */
export function talk(base: string, headers: Record<string, string> = {}) {
  const fetched = (method: string, path: string, body?: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const limits = { redirect: 'manual', signal: AbortSignal.timeout(3_000) } as const;
    return fetch(base + path, { method, headers, ...limits, ...(text !== undefined && { body: text }) });
  };
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetched(method, path, body);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    url: base,
    /** The raw response. */
    raw: (path: string, body?: unknown) => fetched(body === undefined ? 'GET' : 'POST', path, body),
    post: (path: string, body?: unknown) => ask('POST', path, body),
    get: (path: string) => ask('GET', path),
    misbehave: (order: object) => ask('POST', '/control', order),
    clear: () => ask('DELETE', '/control'),
    books: async () =>
      (await ask('GET', '/books')).body as {
        entries: Record<string, unknown>[];
        arrivals: Record<string, unknown>[];
      },
  };
}
