import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Reach } from '#lib/aws/sdk.ts';
import { awsClient } from '#local/aws-client.ts';
import { clientOf } from '#local/engine.ts';
import { findRunning } from '#local/running.ts';

/** One deployed Lockstep: how AWS is reached, and the stack's outputs. */
export type Deployment = { where: string; aws: Reach; outputs: Record<string, string> };

/** Each of these variables selects AWS or the caller's own engine instead of the laptop's. */
const named = [
  'AWS_ENDPOINT_URL',
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * Where a command works: AWS by the environment, the engine at AWS_ENDPOINT_URL, or the Lockstep
 * that runs on this laptop.
 */
export async function findDeployment(
  stack: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Deployment> {
  if (named.some((name) => env[name])) {
    const aws = env.AWS_ENDPOINT_URL ? awsClient(clientOf(env.AWS_ENDPOINT_URL, env).env) : {};
    return {
      where: env.AWS_ENDPOINT_URL ?? `AWS (${env.AWS_PROFILE ?? 'by the environment'})`,
      aws,
      outputs: await outputsOf(stack, aws),
    };
  }
  const running = await findRunning();
  if (running) return { where: running.endpoint, aws: awsClient(running.env), outputs: running.outputs };
  throw new Error(
    'No Lockstep runs on this machine and no other is named: start one with `npm start`, or set AWS_PROFILE (and AWS_REGION) or AWS_ENDPOINT_URL.',
  );
}

async function outputsOf(stack: string, aws: Reach): Promise<Record<string, string>> {
  const client = new CloudFormationClient({ ...aws, maxAttempts: 2 });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  client.destroy();
  const outputs = Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  if (!outputs.TableName) throw new Error(`The stack ${stack} has no output TableName: is it Lockstep's?`);
  return outputs;
}
