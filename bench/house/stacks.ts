import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

type Resource = { Type: string; Properties?: Record<string, unknown>; Metadata?: Record<string, string> };
/** Sizes of the deployed bundles in bytes. `distinct` counts bundles of equal content once. */
type Bundles = { distinct: number; bytes: number; reserve: { bytes: number; gzip: number } };
export type Stacks = {
  resources: Record<string, number>;
  functions: number;
  bundles?: Bundles;
  synthSeconds: number;
};

const reserveDoor = 'functions/api/v1/slots.[slotId].reservations.post.ts';

/** Synthesizes both stacks of a checkout, with bundles or without, and measures the result. */
export async function stacksOf(root: string, { bundle }: { bundle: boolean }): Promise<Stacks> {
  const output = mkdtempSync(join(tmpdir(), 'lockstep-figures-'));
  try {
    const began = performance.now();
    if (bundle) await run(root, ['node_modules/.bin/cdk', 'synth', '--quiet', '--output', output]);
    else await synthWithoutBundles(root, output);
    const synthSeconds = tenths((performance.now() - began) / 1000);
    return { ...measured(output, bundle), synthSeconds };
  } finally {
    rmSync(output, { recursive: true });
  }
}

/**
 * Runs the app directly, as the CDK CLI does, because the CLI does not expose the bundling
 * switch.
 */
async function synthWithoutBundles(root: string, output: string): Promise<void> {
  const { app, context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const [, ...args] = app.split(' ');
  const unbundled = JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] });
  await run(root, args, { CDK_OUTDIR: output, CDK_CONTEXT_JSON: unbundled });
}

function measured(output: string, bundle: boolean): Omit<Stacks, 'synthSeconds'> {
  const templates = readdirSync(output).filter((name) => name.endsWith('.template.json'));
  const resourcesOf = (name: string): Resource[] =>
    Object.values(JSON.parse(readFileSync(join(output, name), 'utf8')).Resources);
  const functions = templates
    .flatMap(resourcesOf)
    .filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function' && fileOf(Properties) !== '');
  return {
    resources: Object.fromEntries(
      templates.map((name) => [name.replace('.template.json', ''), resourcesOf(name).length]),
    ),
    functions: functions.length,
    ...(bundle && { bundles: bundlesOf(functions, output) }),
  };
}

function bundlesOf(functions: Resource[], output: string): Bundles {
  const folders = new Map(
    functions.map(({ Properties, Metadata }) => [
      fileOf(Properties),
      join(output, Metadata?.['aws:asset:path'] ?? ''),
    ]),
  );
  const distinct = new Set(folders.values());
  const reserve = folders.get(reserveDoor);
  if (!reserve) throw new Error(`No function of the template is ${reserveDoor}`);
  return {
    distinct: distinct.size,
    bytes: [...distinct].reduce((all, folder) => all + bundleIn(folder).length, 0),
    reserve: { bytes: bundleIn(reserve).length, gzip: gzipSync(bundleIn(reserve), { level: 9 }).length },
  };
}

/** Functions of the product name their door in the environment. */
const fileOf = (properties: Resource['Properties']): string => {
  const description = properties?.Description;
  return typeof description === 'string' && description.startsWith('functions/') ? description : '';
};

const bundleIn = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.map'))
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  );

/** Seconds from the first command to the deployed stack on a fresh engine, bundles included. */
export async function deploySeconds(root: string): Promise<number> {
  const script = `const { up } = await import('./local/up.ts');
    const running = await up({ announced: false });
    await running.close();`;
  const output = await run(root, ['--input-type=module', '--eval', script]);
  const seconds = /Deployed in ([\d.]+) s/.exec(output)?.[1];
  if (!seconds) throw new Error(`The deploy printed no duration:\n${output}`);
  return Number(seconds);
}

/** Runs Node in a checkout, with that checkout's own Node and packages, and returns its output. */
async function run(root: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(join(root, 'node_modules/.bin/node'), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const [code, out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`${args[0]} in ${root} exited with ${code}:\n${errors || out}`);
  return out + errors;
}

export const tenths = (value: number): number => Math.round(value * 10) / 10;
