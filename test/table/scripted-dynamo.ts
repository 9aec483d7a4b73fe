import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';

export type Scripted = { status: number; body: Record<string, unknown> };
/**
 * A table on a server with scripted answers, since an engine on a laptop has no conflicts and no
 * throttling.
 */
export async function scriptedTable(next: () => Scripted | undefined) {
  const asked: { operation: string; body: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({
      operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
      body: JSON.parse(await text(request)),
    });
    const { status, body } = next() ?? { status: 200, body: {} };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = dynamoClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const close = () => {
    client.destroy();
    server.close();
  };
  return { asked, close, table: dynamoTable({ call: sdkCalls(client), name: 'things' }) };
}

export const key = { pk: 'p', sk: 's' };
export const write = {
  label: 'hold',
  key,
  update: 'SET #past.#mine = :one',
  condition: '#v = :v',
  names: { mine: 'k 1' },
  values: { one: 1, v: 2 },
};
export const refusal = (type: string, more: Record<string, unknown> = {}) => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...more },
});

export const cancelled = (...codes: string[]) =>
  refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
