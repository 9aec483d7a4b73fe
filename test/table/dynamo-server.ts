import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Asked = { operation: string; body: Record<string, unknown>; headers: IncomingMessage['headers'] };
/** One scripted answer: a function of the response, or its status, headers and body. */
export type Answer =
  | ((response: ServerResponse) => void)
  | { status?: number; body?: unknown; text?: string; headers?: Record<string, string> };

/**
 * A DynamoDB with scripted answers that no laptop engine gives: late, missing, cut off, with
 * another clock.
 */
export async function dynamoServer() {
  const asked: Asked[] = [];
  let answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push({ operation, body, headers: request.headers });
    const answer = answers.shift() ?? {};
    if (typeof answer === 'function') return answer(response);
    const { status = 200, headers, text: said = JSON.stringify(answer.body ?? {}) } = answer;
    response
      .writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': 'r-1',
        ...headers,
      })
      .end(said);
    return undefined;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    asked,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    script(...next: Answer[]) {
      asked.length = 0;
      answers = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A refusal in DynamoDB's format. */
export const refusal = (type: string, more: Record<string, unknown> = {}, status = 400): Answer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `this is ${type}`, ...more },
});
