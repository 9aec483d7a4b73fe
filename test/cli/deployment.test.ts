import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findDeployment } from '#cli/deployment.ts';
import { sentence } from '#cli/sentence.ts';
import { Problem } from '#lib/problem.ts';

/** An engine that answers DescribeStacks with these outputs. */
async function engine(outputs: Record<string, string>) {
  const members = Object.entries(outputs).map(
    ([name, value]) => `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<StackName>Lockstep</StackName><CreationTime>2027-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>`;
  const result = `<Stacks><member>${stack}<Outputs>${members.join('')}</Outputs></member></Stacks>`;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult>${result}</DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}

describe('the deployment of a command', () => {
  it('is found at AWS_ENDPOINT_URL, with the outputs of its stack', async () => {
    const { endpoint, close } = await engine({ TableName: 'one', BusName: 'two' });
    const found = await findDeployment('Lockstep', { AWS_ENDPOINT_URL: endpoint });
    close();
    expect(found).toMatchObject({
      where: endpoint,
      aws: { endpoint, region: 'us-east-1' },
      outputs: { TableName: 'one', BusName: 'two' },
    });
  });

  it('must be a Lockstep: a stack without its outputs is refused', async () => {
    const { endpoint, close } = await engine({ Url: 'elsewhere' });
    await expect(findDeployment('Shop', { AWS_ENDPOINT_URL: endpoint })).rejects.toThrow(
      "The stack Shop has no output TableName: is it Lockstep's?",
    );
    close();
  });
});

describe('an error on the command line', () => {
  it.each([
    [new Problem('not-found', { detail: 'acme has no key k.' }), 'acme has no key k.'],
    [new Error('one\n    at two'), 'one'],
    [
      Object.assign(new Error('It is not there.'), { name: 'ResourceNotFoundException' }),
      'ResourceNotFoundException: It is not there.',
    ],
    ['a word', 'a word'],
  ])('is shown as one sentence', (error, text) => expect(sentence(error)).toBe(text));
});
