/**
 * Makes a thing at first use and keeps it for the life of the function, so that importing a door costs nothing and reads no environment.
 * At the top of a file the call is written after a PURE mark: the bundler then drops what no door uses, and with it what it would be granted.
 */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
