import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { s3Client } from '#lib/aws/objects.ts';

const reach = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

/** An AWS endpoint that gives these answers in order. */
async function aws(...answers: [status: number, body: object][]) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const [status, body] = answers.shift() ?? [200, {}];
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r' })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close().closeAllConnections());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return dynamoTable({ call: sdkCalls(dynamoClient({ ...reach, endpoint })), name: 'things' });
}

const key = { pk: 'a', sk: 'b' };
const write = {
  label: 'progress',
  key,
  update: 'SET #n = :n',
  condition: 'attribute_exists(#pk)',
  values: { n: 1 },
};

beforeEach(() => void counted());

describe('the calls in a log line', () => {
  it('are counted by command, and writes by label, once each', async () => {
    const table = await aws();
    await table.getItem(key);
    await table.getItem(key);
    await table.updateItem(write);
    expect(counted()).toEqual({ aws_calls: { GetItem: 2, UpdateItem: 1 }, writes: { progress: 1 } });
    expect(counted()).toEqual({});
  });

  it('include refused calls and every attempt of a retried one', async () => {
    const refused = {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'no',
    };
    const table = await aws([400, refused], [500, {}], [200, {}]);
    expect(await table.updateItem(write)).toMatchObject({ accepted: false });
    await table.getItem(key);
    expect(counted().aws_calls).toEqual({ UpdateItem: 1, GetItem: 2 });
  });

  it('do not include presigned URLs', async () => {
    await getSignedUrl(
      s3Client({ ...reach, endpoint: 'http://127.0.0.1:9' }),
      new GetObjectCommand({ Bucket: 'b', Key: 'k' }),
    );
    expect(counted()).toEqual({});
  });
});
