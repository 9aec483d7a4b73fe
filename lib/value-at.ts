/** A field inside a document: `payload.state`; undefined if absent. */
export const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce(
      (at: unknown, step) =>
        at !== null && typeof at === 'object' && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      document,
    );
