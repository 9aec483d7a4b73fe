import type { Listed } from './document.ts';

/**
 * The form's values by the place and name of a parameter (`path.slotId`), and the body as text.
 */
export type Filled = { values: Record<string, string>; body: string; key: string };
export type CallRequest = { url: string; method: string; headers: Record<string, string>; body?: string };

/** The request of an operation with the form's values. Empty fields are not sent. */
export function requestOf(server: string, operation: Listed, { values, body, key }: Filled): CallRequest {
  const given = (operation.parameters ?? []).flatMap((parameter) => {
    const value = values[`${parameter.in}.${parameter.name}`] ?? '';
    return value === '' ? [] : [{ ...parameter, value }];
  });
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(values[`path.${name}`] ?? ''),
  );
  const query = new URLSearchParams(
    Object.fromEntries(given.filter((each) => each.in === 'query').map(({ name, value }) => [name, value])),
  ).toString();
  const sent = given.filter((each) => each.in === 'header').map(({ name, value }) => [name, value]);
  return {
    url: `${server}${path}${query && `?${query}`}`,
    method: operation.method,
    headers: {
      ...(key && { Authorization: `Bearer ${key}` }),
      ...Object.fromEntries(sent),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body }),
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request for a shell. The key is named, not shown. */
export function curlOf({ url, method, headers, body }: CallRequest): string {
  const shown = Object.entries(headers).map(([name, value]) =>
    name === 'Authorization'
      ? `-H "Authorization: Bearer $LOCKSTEP_KEY"`
      : `-H ${quoted(`${name}: ${value}`)}`,
  );
  return [`curl -X ${method} ${quoted(url)}`, ...shown, ...(body ? [`--data ${quoted(body)}`] : [])].join(
    ' \\\n  ',
  );
}
