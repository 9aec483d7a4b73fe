type Headers = Record<string, string>;
type Asked = { headers?: Headers; body?: unknown };
/** `text`: the body byte for byte; `body`: the body parsed as JSON. */
export type Answer = {
  status: number;
  headers: globalThis.Headers;
  text: string;
  body: Record<string, unknown>;
};
export type Caller = (method: string, path: string, asked?: Asked) => Promise<Answer>;

/** An HTTP caller, with or without an API key. A `body` that is a string is sent as it is. */
export const callerOf =
  (baseUrl: string, apiKey?: string): Caller =>
  async (method, path, { headers = {}, body } = {}) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...sent,
      redirect: 'error',
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: json(text) };
  };

function json(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
