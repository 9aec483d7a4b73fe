/**
 * Makes a value at first use and keeps it for the life of the function, so that importing a door
 * reads no environment. At the top of a file the call follows a PURE mark: the bundler then drops
 * unused values, and their grants with them.
 */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
