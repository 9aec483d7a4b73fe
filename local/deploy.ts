import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { awsClient } from './aws-client.ts';
import type { Engine } from './engine.ts';
import { checkout, home, scratch, shown } from './folder.ts';
import { keep } from './keep.ts';

export type Outputs = Record<string, string>;
export type Settings = Record<string, unknown>;
export type Deploy = {
  engine: Engine;
  instance: string;
  /** Settings by their names in cdk.json: `leaseSeconds: 3`. */
  settings?: Settings;
  /** Overrides of the records of outside systems in cdk.json, by their names and keys there. */
  systems?: Record<string, object>;
  /** The command that runs the CDK app; by default the one in cdk.json. */
  app?: string;
  say?: (line: string) => void;
};

const stack = 'Lockstep';
const flags = ['--no-notices', '--no-color', '--no-version-reporting'];

/**
 * Bootstraps the engine and deploys the product's stack to it, by the same `cdk` as to AWS.
 * Returns the stack's outputs.
 */
export const deploy = async (options: Deploy): Promise<Outputs> => {
  const { engine, instance, app, say = () => {} } = options;
  const begun = performance.now();
  const [assembly, outputs, empty] = ['cdk.out', 'outputs.json', 'empty'].map((name) =>
    join(instance, name),
  ) as [string, string, string];
  mkdirSync(empty);
  const again = !engine.fresh && (await isDeployed(engine));
  say(again ? 'Deploying over the stack that this engine has …' : 'Deploying …');
  // The bootstrap needs no app. It runs in a directory without cdk.json: beside one it would write
  // an assembly without bundles.
  const steps = [
    cdk(options, 'bootstrap', ['aws://unknown-account/unknown-region'], empty),
    cdk(options, 'synth', [stack, '--quiet', '--output', assembly, ...(app ? ['--app', app] : [])], checkout),
  ];
  await Promise.allSettled(steps); // neither may still run after the other has failed
  await Promise.all(steps);
  const deployment = ['--app', assembly, '--require-approval', 'never', '--outputs-file', outputs];
  await cdk(options, 'deploy', [stack, ...deployment], checkout, again);
  say(`Deployed in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return JSON.parse(readFileSync(outputs, 'utf8'))[stack];
};

/** The base URL for callers; its path below the endpoint is the same on every engine. */
export const baseUrlOf = (endpoint: string, outputs: Outputs, env: NodeJS.ProcessEnv = process.env): string =>
  env.API_BASE_URL ?? `${endpoint.replace(/\/+$/, '')}/_aws/execute-api/${outputs.ApiId}/${outputs.Stage}`;

type Step = 'bootstrap' | 'synth' | 'deploy';

const cdk = async (options: Deploy, step: Step, args: string[], cwd: string, again = false) => {
  const log = join(options.instance, `${step}.log`);
  const command = [
    join(checkout, 'node_modules', '.bin', 'node'),
    join(checkout, 'node_modules', '.bin', 'cdk'),
    step,
    ...args,
    ...flags,
  ];
  appendFileSync(log, `${command.join(' ')}\n`);
  const code = await keep({ command, cwd, env: deployEnvironment(options), log }).exited;
  if (code !== 0) throw new Error(sentence(step, log, again));
};

/**
 * The environment of `cdk`: the caller's, with the engine, settings and systems, and with every
 * folder that it writes to inside the checkout.
 */
export const deployEnvironment = ({
  engine,
  settings = {},
  systems = {},
}: Pick<Deploy, 'engine' | 'settings' | 'systems'>) => {
  // A stand-in's endpoint takes precedence: the caller's environment may still name the real
  // system.
  const served = Object.entries(systems).filter(([, record]) => 'endpoint' in record);
  const theirs = Object.keys(named('ENDPOINT_', Object.fromEntries(served)));
  const callers = Object.entries(process.env).filter(
    ([name]) => (!name.startsWith('AWS_') || name === 'AWS_CA_BUNDLE') && !theirs.includes(name),
  );
  const { PATH = '', HOME = '' } = process.env;
  return {
    // The files of an AWS profile are looked up under HOME, which is changed below.
    AWS_CONFIG_FILE: join(HOME, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(HOME, '.aws', 'credentials'),
    ...Object.fromEntries(callers),
    ...engine.env,
    ...pathStyle(engine.endpoint),
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: home,
    TMPDIR: scratch,
    PATH: `${join(checkout, 'node_modules', '.bin')}:${PATH}`,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    ...named('LOCKSTEP_', settings),
    LOCKSTEP_SYSTEMS: JSON.stringify(systems),
  };
};

/** `leaseSeconds: 3` → `LOCKSTEP_LEASE_SECONDS=3`; `claims-office` → `ENDPOINT_CLAIMS_OFFICE`. */
const named = (prefix: string, values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      prefix + name.replaceAll(/[A-Z]/g, '_$&').replaceAll('-', '_').toUpperCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/**
 * Buckets are part of a host's name, which `localhost` does not resolve everywhere; under an IP
 * address they are part of the path.
 */
const pathStyle = (endpoint: string) =>
  /^http:\/\/localhost\b/.test(endpoint)
    ? { AWS_ENDPOINT_URL_S3: endpoint.replace('localhost', '127.0.0.1') }
    : {};

const isDeployed = async ({ env }: Engine): Promise<boolean> => {
  const client = new CloudFormationClient({ ...awsClient(env), maxAttempts: 1 });
  const found = await client.send(new DescribeStacksCommand({ StackName: stack })).catch(() => undefined);
  client.destroy();
  return Boolean(found?.Stacks?.some(({ StackStatus }) => !StackStatus?.startsWith('DELETE')));
};

const what: Record<Step, string> = {
  bootstrap: 'The bootstrap of the engine failed',
  synth: 'The synth of the stack failed',
  deploy: 'The deploy of the stack failed',
};

/** The beginnings of the lines in which CDK, its app and CloudFormation report a fault. */
const failure = /^.*?(?:_FAILED\s*\|\s*\S+\s*\||❌.*? failed:|\w*Error:|«\w+»|\bERROR\b)\s*(.+)$/m;

const sentence = (step: Step, log: string, again: boolean) => {
  const story = readFileSync(log, 'utf8').trim();
  const reason = failure.exec(story)?.[1] ?? story.split('\n').at(-1);
  const todo = again
    ? 'not every engine supports a second deploy, so restart the engine and try again'
    : 'fix that and start again';
  return `${what[step]} (${reason?.trim().slice(0, 300)}): ${todo}; the log is ${shown(log)}.`;
};
