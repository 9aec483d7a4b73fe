import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { afterAll, onTestFinished } from 'vitest';
import type { Plan } from '#infra/read/house.ts';
import type { Template } from '#infra/report/template.ts';
import { compose } from '#infra/stacks/compose.ts';

export const checkout = dirname(dirname(import.meta.dirname));
const temporary = () => mkdtempSync(join(tmpdir(), 'lockstep-'));
/** Removes a folder at the end of the test that made it, or of the file, where that is only being collected. */
const removed = (folder: string) => {
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    onTestFinished(remove);
  } catch {
    afterAll(remove);
  }
};

type Given = { root?: string; context?: Record<string, unknown>; env?: NodeJS.ProcessEnv };

/** The committed context, without bundling, with these values in it. */
export const contextOf = (context: Record<string, unknown>): Record<string, unknown> => {
  const { context: committed } = JSON.parse(readFileSync(join(checkout, 'cdk.json'), 'utf8'));
  return { ...committed, 'aws:cdk:bundling-stacks': [], commit: 'test', ...context };
};

type Synth = { plan: Plan; product: Template; ops: Template };
const known = new Map<string, Synth>();

/**
 * Both stacks as CloudFormation gets them, without bundling. The environment is empty unless given: a test must not depend on
 * whose machine it is. What was asked of the checkout before, in this process, is answered by a copy.
 */
export const synth = (given: Given = {}): Synth => {
  if (given.root !== undefined) return synthNow(given);
  const asked = JSON.stringify(given);
  const { plan, product, ops } = known.get(asked) ?? synthNow(given);
  known.set(asked, { plan, product, ops });
  return { plan, product: structuredClone(product), ops: structuredClone(ops) };
};

const synthNow = ({ root = checkout, context = {}, env = {} }: Given): Synth => {
  const outdir = temporary();
  try {
    const app = new App({
      outdir,
      context: contextOf(context),
      analyticsReporting: false,
    });
    const { plan, product, ops } = compose(app, root, env);
    const json = (stack: typeof product | typeof ops) => Synthesized.fromStack(stack).toJSON() as Template;
    return { plan, product: json(product), ops: json(ops) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

/** The five doors of the state machine, for a tree with a saga. */
export const sagaDoors = Object.fromEntries(
  ['prepare', 'commit', 'rollback', 'continue', 'park'].map((phase) => [`functions/saga/${phase}.ts`, '']),
);

/** The source of a door whose handler runs `text`. */
const doorText = (text: string): string => {
  if (/\bhandler\b/.test(text)) return text;
  const [imports = ''] = /^(?:\s*import\b[^;]*;)*/.exec(text) ?? [];
  return `${imports}\nexport const handler = async () => {\n${text.slice(imports.length)}\nreturn {};\n};\n`;
};

/**
 * A temporary checkout with the real systems/ and state-machines/, the minimum of doors, and
 * these files (their text, or a minimal handler).
 */
export const treeWith = (added: Record<string, string>) => {
  const doors = {
    'functions/api/not-found.ts': '',
    'functions/streams/relay.ts': '',
    'functions/adapters/rest.ts': '',
    'functions/adapters/fixed-width-sftp.ts': '',
    ...added,
  };
  const root = temporary();
  removed(root);
  for (const folder of ['systems', 'state-machines'])
    cpSync(join(checkout, folder), join(root, folder), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(checkout, file), join(root, file));
  for (const [name, text] of Object.entries(doors)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), name.startsWith('functions/') ? doorText(text) : text);
  }
  return root;
};
