import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import { type Answer, dynamoServer, refusal } from './dynamo-server.ts';
import { clientsAt, failure, get, key } from './two-clients.ts';

const nowhere = 'http://127.0.0.1:9';
const server = await dynamoServer();
const clients = clientsAt(server.endpoint);
const reset: Answer = (response) => response.socket?.destroy();
const never: Answer = () => {};
const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"Item":');
  setTimeout(() => response.socket?.destroy(), 20);
};

beforeEach(() => void counted());
afterAll(() => server.close());

describe.each(Object.entries(clients))('%s', (_, clientOf) => {
  const call = clientOf();
  const ask = (...answers: Answer[]) => {
    server.script(...answers);
    return call('GetItem', get);
  };

  describe('retries once when', () => {
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

  describe('throws after two attempts on', () => {
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

    it('a refused connection', async () => {
      expect(await failure(clientOf(nowhere)('GetItem', get))).toMatchObject({
        ...{ message: expect.stringContaining('ECONNREFUSED'), attempts: 2 },
      });
    });
  });

  describe('does not retry when', () => {
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
});

describe('the SDK and the thin client', () => {
  it.each<[string, Answer]>([
    ['a refusal', refusal('ValidationException')],
    ['a word of its own', refusal('SomethingNewException')],
    ['an error type in a header', { status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException:x' } }],
    ['no words at all', { status: 400 }],
    ['a failed condition', refusal('ConditionalCheckFailedException', { Item: key })],
    ['a failure', refusal('InternalServerError', {}, 500)],
    ['a time limit', never],
    ['a reset', reset],
  ])('throw the same error on %s', async (_, answer) => {
    const failures = [];
    for (const clientOf of Object.values(clients)) {
      server.script(answer, answer);
      failures.push(await failure(clientOf()('GetItem', get)));
    }
    expect(failures[1]).toEqual(failures[0]);
  });
});
