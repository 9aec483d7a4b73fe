import { afterEach, expect, it } from 'vitest';
import { adaptersOn, lambdaClient } from '#lib/aws/lambdas.ts';
import { type Asked, fakeAws } from './fake-aws.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

const adapters = async (answerTo: Parameters<typeof fakeAws>[0]) => {
  const aws = await fakeAws(answerTo);
  closing.push(aws.close);
  const client = lambdaClient(aws.at);
  return { aws, ...adaptersOn({ client: () => client, nameOf: (adapter) => `function-of-${adapter}` }) };
};

it('invokes an adapter with its request, and returns its answer', async () => {
  const { aws, invokeAdapter: ask } = await adapters(({ body }: Asked) => ({
    body: { vote: 'yes', received: body },
  }));
  expect(await ask('rest', { phase: 'prepare' })).toEqual({ vote: 'yes', received: { phase: 'prepare' } });
  expect(aws.asked.map(({ target }) => target)).toEqual([
    '/2015-03-31/functions/function-of-rest/invocations',
  ]);
});

it('throws when the adapter fails, without the adapter’s error message', async () => {
  const { invokeAdapter: ask } = await adapters(() => ({
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: { errorMessage: 'the secret is 123' },
  }));
  await expect(ask('rest', {})).rejects.toThrow(/^The adapter rest failed \(Unhandled\)$/);
});

it.each(['', 'so what'])('throws when the answer is not JSON: %j', async (text) => {
  const { invokeAdapter: ask } = await adapters(() => ({ text }));
  await expect(ask('rest', {})).rejects.toThrow('The adapter rest answered no JSON');
});

it('invokes once, because only the caller knows whether a repeat is safe', async () => {
  const { aws, invokeAdapter: ask } = await adapters(() => ({ status: 500, body: { message: 'away' } }));
  await expect(ask('rest', {})).rejects.toThrow();
  expect(aws.asked).toHaveLength(1);
});

it('waits longer than an adapter may run', async () => {
  const { requestTimeout } = await (
    lambdaClient({ region: 'us-east-1' }).config.requestHandler as unknown as Configured
  ).configProvider;
  expect(requestTimeout).toBeGreaterThan(15_000);
});
type Configured = { configProvider: Promise<{ requestTimeout: number }> };
