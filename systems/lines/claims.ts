/** What a manifest says that depends on its line. */
export type LineClaims = {
  adapter?: string | undefined;
  calls: Record<string, CallClaims>;
  batch?: { by: string } | undefined;
  file?: object | undefined;
  secrets: Record<string, string>;
};
type CallClaims = {
  method?: string | undefined;
  path?: string | undefined;
  body?: unknown;
  answer?: object | undefined;
  batch?: object | undefined;
};

/** Checks the manifest of a system on a line; `wrong` takes each fault with its place. */
export type CheckLine = (claims: LineClaims, wrong: (path: string[], message: string) => void) => void;
