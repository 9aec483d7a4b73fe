/** Makes a thing at first use and keeps it for the life of the function, so that importing a door costs nothing and reads no environment. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
