import { digest } from '#lib/ids.ts';
import { once } from '#lib/once.ts';

/**
 * A text that is part of the bundle. It changes only with a deploy, so its ETag is a digest of it.
 */
export function bundledText(make: () => string, type: string, headers: Record<string, string> = {}) {
  const file = once(() => {
    const text = make();
    return { text, etag: digest(text) };
  });
  return async () => ({ status: 200 as const, ...file(), type, headers });
}

/** Public and the same for every caller: a cache may keep it for five minutes. */
export const cacheable = { 'Cache-Control': 'public, max-age=300' };
