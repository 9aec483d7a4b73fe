import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import type { DynamoCalls } from '#lib/aws/dynamo-calls.ts';
import { dynamoClient, sdkCalls } from '#lib/aws/dynamo-client.ts';
import { dynamoTable } from '#lib/aws/dynamo-table.ts';
import { sdk } from '#lib/aws/sdk.ts';
import { thinCalls } from '#lib/aws/thin-calls.ts';
import { type Answer, type Asked, dynamoServer, refusal } from './dynamo-server.ts';

/** One contract, held by the official client and by ours. Time limits are shortened for both in the same way. */
const limits = { maxAttempts: 2, requestHandler: { ...sdk.requestHandler, requestTimeout: 300 } };
const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };
const server = await dynamoServer();
const nowhere = 'http://127.0.0.1:9';
const reach = (endpoint = server.endpoint) => ({ endpoint, region: 'eu-central-1', credentials, ...limits });
const clients: Record<string, (endpoint?: string) => DynamoCalls> = {
  'the SDK': (endpoint) => sdkCalls(dynamoClient(reach(endpoint))),
  'the thin client': (endpoint) => thinCalls(reach(endpoint)),
};

const key = { pk: { S: 'p' }, sk: { S: 's' } };
const get = { TableName: 'things', Key: key };
const update = { TableName: 'things', Key: key, UpdateExpression: 'SET #a = :a' };

/** What a caller can tell of a failure. */
type Failure = Error & {
  $fault?: string;
  $metadata?: {
    httpStatusCode?: number;
    requestId?: string;
    attempts?: number;
    clockSkewCorrected?: boolean;
  };
  Item?: unknown;
  CancellationReasons?: unknown;
};
const failure = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => expect.unreachable('it succeeded'),
    (reason: Failure) => reason,
  );
  const { httpStatusCode, requestId, attempts } = error.$metadata ?? {};
  return {
    name: error.name,
    message: error.message,
    fault: error.$fault,
    httpStatusCode,
    requestId,
    attempts,
  };
};
const inHours = (hours: number) => ({ date: new Date(Date.now() + hours * 3_600_000).toUTCString() });
const reset: Answer = (response) => response.socket?.destroy();
const never: Answer = () => {};
const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"Item":');
  setTimeout(() => response.socket?.destroy(), 20);
};
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

    it('a signature over what it sends, with the session of temporary credentials', async () => {
      await ask({});
      const [asked] = server.asked as [Asked];
      expect(asked.headers['x-amz-security-token']).toBe('session');
      expect(asked.headers.authorization).toContain('/eu-central-1/dynamodb/aws4_request');
      expect(signatureOf(asked)).toBe(/Signature=(\w+)/.exec(asked.headers.authorization ?? '')?.[1]);
    });

    it('which attempt this is, and one name for all attempts of a call', async () => {
      await ask({ status: 500 }, {});
      expect(server.asked.map(({ headers }) => headers['amz-sdk-request'])).toEqual([
        'attempt=1; max=2',
        'attempt=2; max=2',
      ]);
      expect(new Set(server.asked.map(({ headers }) => headers['amz-sdk-invocation-id'])).size).toBe(1);
    });

    it('one token for all attempts of a transaction, and another for the next', async () => {
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

  describe('hears', () => {
    it('every type of attribute, also one that is called B', async () => {
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

    it('an answer without a body as one that says nothing', async () => {
      expect((await ask({ text: '' })).Item).toBeUndefined();
    });

    it('an answer that comes slowly, once it has begun', async () => {
      expect((await ask(slowly)).Item).toEqual(key);
    });

    it('how often it asked, and under which id it was answered', async () => {
      expect((await ask({ status: 500 }, {})).$metadata).toMatchObject({
        ...{ httpStatusCode: 200, requestId: 'r-1', attempts: 2 },
      });
      expect(counted().aws_calls).toEqual({ GetItem: 2 });
    });
  });

  describe('asks again, once, when', () => {
    it.each<[string, Answer]>([
      ['the service fails', refusal('InternalServerError', {}, 500)],
      ['a gateway fails, in HTML', { status: 502, text: '<html>' }],
      ['the service is away', { status: 503 }],
      ['it is throttled', refusal('ThrottlingException')],
      ['it is throttled by the table', refusal('ProvisionedThroughputExceededException')],
      ['it is throttled by the account', refusal('RequestLimitExceeded')],
      ['it is asked to by status', { status: 429 }],
      ['a transaction is under way', refusal('TransactionInProgressException')],
      ['the connection is reset', reset],
      ['the answer is cut off', cutOff],
      ['no answer comes in time', never],
    ])('%s', async (_, first) => {
      expect((await ask(first, { body: { Item: key } })).Item).toEqual(key);
      expect(server.asked).toHaveLength(2);
    });
  });

  describe('gives up after two attempts, and tells', () => {
    it.each<[string, Answer, object]>([
      ['a throttle', refusal('ThrottlingException'), { name: 'ThrottlingException', httpStatusCode: 400 }],
      [
        'a failure',
        refusal('InternalServerError', {}, 500),
        { name: 'InternalServerError', fault: 'server' },
      ],
      ['a time limit', never, { name: 'TimeoutError' }],
      ['a reset', reset, { name: 'TimeoutError' }],
    ])('%s', async (_, answer, expected) => {
      expect(await failure(ask(answer, answer))).toMatchObject({ ...expected, attempts: 2 });
      expect(server.asked).toHaveLength(2);
      expect(counted().aws_calls).toEqual({ GetItem: 2 });
    });

    it('that nobody listens', async () => {
      expect(await failure(clientOf(nowhere)('GetItem', get))).toMatchObject({
        ...{ message: expect.stringContaining('ECONNREFUSED'), attempts: 2 },
      });
    });
  });

  describe('does not ask again when', () => {
    it.each<[string, Answer, object]>([
      ['it is refused', refusal('ValidationException'), { name: 'ValidationException', fault: 'client' }],
      [
        'it may not',
        refusal('AccessDeniedException'),
        { name: 'AccessDeniedException', httpStatusCode: 400 },
      ],
      ['there is no such table', refusal('ResourceNotFoundException'), { name: 'ResourceNotFoundException' }],
      [
        'two transactions meet',
        refusal('TransactionConflictException'),
        { name: 'TransactionConflictException' },
      ],
      ['it is not implemented', { status: 501 }, { httpStatusCode: 501 }],
      ['the answer is no JSON', { text: '{"Item":' }, { name: 'SyntaxError', httpStatusCode: 200 }],
      ['it is sent elsewhere', { status: 301 }, { httpStatusCode: 301 }],
    ])('%s', async (_, answer, expected) => {
      expect(await failure(ask(answer))).toMatchObject({ ...expected, attempts: 1 });
      expect(server.asked).toHaveLength(1);
    });
  });

  describe('brings back', () => {
    const table = dynamoTable({ call, name: 'things' });
    const write = {
      label: 'w',
      key: { pk: 'p', sk: 's' },
      update: 'SET #a = :a',
      condition: '#b = :a',
      values: { a: 1 },
    };

    it('the item that stands in the way of a write', async () => {
      server.script(refusal('ConditionalCheckFailedException', { Item: { ...key, hash: { B: 'AQI=' } } }));
      expect(await table.updateItem(write)).toEqual({
        accepted: false,
        item: { pk: 'p', sk: 's', hash: new Uint8Array([1, 2]) },
      });
    });

    it('that nothing stands in the way but the condition failed', async () => {
      server.script(refusal('ConditionalCheckFailedException'));
      expect(await table.updateItem(write)).toEqual({ accepted: false, item: undefined });
    });

    it('a refused transaction, and throws one that met another', async () => {
      const reasons = (...codes: string[]) =>
        refusal('TransactionCanceledException', {
          Message: 'cancelled',
          CancellationReasons: codes.map((Code) => ({ Code, Message: Code })),
        });
      server.script(
        reasons('None', 'ConditionalCheckFailed'),
        reasons('ConditionalCheckFailed', 'TransactionConflict'),
      );
      expect(await table.transactWriteItems([write, write])).toBe(false);
      expect(await failure(table.transactWriteItems([write, write]))).toMatchObject({
        name: 'TransactionCanceledException',
      });
    });
  });

  describe('corrects its clock', () => {
    it.each([
      ['a signature is too old', refusal('InvalidSignatureException', { message: 'Signature expired' })],
      ['the time is too far off', refusal('RequestTimeTooSkewed')],
    ])('by the Date of the answer when %s', async (_, skewed) => {
      const fresh = clientOf();
      server.script({ ...(skewed as object), headers: inHours(5) }, { headers: inHours(5) }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(hoursOff)).toEqual([0, 5, 5]);
    });

    it('by every answer, before anything goes wrong', async () => {
      const fresh = clientOf();
      server.script({ headers: inHours(-3) }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(hoursOff)[1]).toBe(-3);
    });

    it('not by an answer out of a cache', async () => {
      const fresh = clientOf();
      server.script({ headers: { ...inHours(-3), age: '10' } }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(hoursOff)[1]).toBe(0);
    });

    it('and gives up when that does not help', async () => {
      const skewed = refusal('InvalidSignatureException', { message: 'Signature expired' });
      server.script({ ...(skewed as object), headers: inHours(5) }, skewed);
      expect(await failure(clientOf()('GetItem', get))).toMatchObject({
        ...{ name: 'InvalidSignatureException', attempts: 2 },
      });
    });
  });
});

describe('the two clients', () => {
  it.each<[string, Answer]>([
    ['a refusal', refusal('ValidationException')],
    ['a word of its own', refusal('SomethingNewException')],
    ['an error type in a header', { status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException:x' } }],
    ['no words at all', { status: 400 }],
    ['a failed condition', refusal('ConditionalCheckFailedException', { Item: key })],
    ['a failure', refusal('InternalServerError', {}, 500)],
    ['a time limit', never],
    ['a reset', reset],
  ])('tell the same of %s', async (_, answer) => {
    const told = [];
    for (const clientOf of Object.values(clients)) {
      server.script(answer, answer);
      told.push(await failure(clientOf()('GetItem', get)));
    }
    expect(told[1]).toEqual(told[0]);
  });
});

/** How far the time of its signature is ahead of ours. */
const hoursOff = ({ headers }: Asked): number => Math.round((signedAt(headers) - Date.now()) / 3_600_000) + 0;

const signedAt = ({ 'x-amz-date': stamp }: Asked['headers']): number =>
  Date.parse(String(stamp).replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));

/** Signature Version 4 once more, by the book, from what has arrived. */
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
