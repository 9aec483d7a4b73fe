import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import { type Answer, type Asked, dynamoServer } from './dynamo-server.ts';
import { clientsAt, credentials, get, key } from './two-clients.ts';

const server = await dynamoServer();
const clients = clientsAt(server.endpoint);
const update = { TableName: 'things', Key: key, UpdateExpression: 'SET #a = :a' };
const slowly: Answer = (response) => {
  response.writeHead(200).write('{"Item":{"pk":{"S":"p"},');
  setTimeout(() => response.end('"sk":{"S":"s"}}}'), 500);
};

beforeEach(() => void counted());
afterAll(() => server.close());

describe.each(Object.entries(clients))('%s', (_, clientOf) => {
  const call = clientOf();
  const ask = (...answers: Answer[]) => {
    server.script(...answers);
    return call('GetItem', get);
  };

  describe('sends', () => {
    it('the operation, its input, and binary values as base64', async () => {
      server.script({});
      const values = {
        ':a': { B: new Uint8Array([1, 2]) },
        ':b': { BS: [Buffer.from('x'), new Uint8Array([3])] },
      };
      await call('UpdateItem', { ...update, ExpressionAttributeValues: values });
      expect(server.asked).toMatchObject([{ operation: 'UpdateItem' }]);
      expect(server.asked[0]?.body).toEqual({
        ...update,
        ExpressionAttributeValues: { ':a': { B: 'AQI=' }, ':b': { BS: ['eA==', 'Aw=='] } },
      });
    });

    it('a valid signature, with the session token of temporary credentials', async () => {
      await ask({});
      const [asked] = server.asked as [Asked];
      expect(asked.headers['x-amz-security-token']).toBe('session');
      expect(asked.headers.authorization).toContain('/eu-central-1/dynamodb/aws4_request');
      expect(signatureOf(asked)).toBe(/Signature=(\w+)/.exec(asked.headers.authorization ?? '')?.[1]);
    });

    it('the number of the attempt, and one invocation id for all attempts', async () => {
      await ask({ status: 500 }, {});
      expect(server.asked.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
        'attempt=1; max=2',
        'attempt=2; max=2',
      ]);
      expect(new Set(server.asked.map(({ headers }) => headers['amz-sdk-invocation-id'])).size).toBe(1);
    });

    it('one token for all attempts of a transaction, and another for the next transaction', async () => {
      server.script({ status: 500 }, {}, {});
      const input = { TransactItems: [{ Update: update }] };
      await call('TransactWriteItems', input);
      await call('TransactWriteItems', input);
      const tokens = server.asked.map(({ body }) => body.ClientRequestToken);
      expect(tokens[0]).toMatch(/^[\w-]{36}$/);
      expect(tokens[1]).toBe(tokens[0]);
      expect(tokens[2]).not.toBe(tokens[0]);
    });
  });

  describe('receives', () => {
    it('every type of attribute, even an attribute named B', async () => {
      const Item = {
        ...key,
        B: { S: 'b' },
        BS: { M: { B: { B: 'AQI=' } } },
        n: { N: '1' },
        set: { BS: ['Aw=='] },
      };
      const answer = await ask({ body: { Item } });
      expect(answer.Item).toEqual({
        ...{ ...key, B: { S: 'b' }, BS: { M: { B: { B: new Uint8Array([1, 2]) } } } },
        ...{ n: { N: '1' }, set: { BS: [new Uint8Array([3])] } },
      });
    });

    it('an empty answer as one without fields', async () => {
      expect((await ask({ text: '' })).Item).toBeUndefined();
    });

    it('a slow answer that has begun', async () => {
      expect((await ask(slowly)).Item).toEqual(key);
    });

    it('the number of attempts, and the request id', async () => {
      expect((await ask({ status: 500 }, {})).$metadata).toMatchObject({
        ...{ httpStatusCode: 200, requestId: 'r-1', attempts: 2 },
      });
      expect(counted().aws_calls).toEqual({ GetItem: 2 });
    });
  });
});

/** Computes Signature Version 4 independently from the received request. */
function signatureOf({ body, headers }: Asked): string {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (with_: string | Buffer, text: string) => createHmac('sha256', with_).update(text).digest();
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const scope = /Credential=AKID\/([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const lines = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha(JSON.stringify(body))}`;
  const signing = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const text = `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${scope}\n${sha(canonical)}`;
  return createHmac('sha256', signing).update(text).digest('hex');
}
