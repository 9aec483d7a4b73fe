import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { target: string; body: Record<string, never> & { [field: string]: unknown } };
/** `text` replaces `body` in the response, as it is. */
type Answer = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> };

/**
 * An AWS service with scripted answers on a free port, for answers that no engine gives, such as
 * a batch that was accepted in part.
 */
export async function fakeAws(answerTo: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const one = {
      target:
        String(request.headers['x-amz-target'] ?? request.url)
          .split('.')
          .at(-1) ?? '',
      body: JSON.parse(text),
    };
    asked.push(one);
    const { status = 200, body, text: answer = JSON.stringify(body), headers } = answerTo(one);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers }).end(answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { at, asked, close };
}
