import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import type { Template } from '#infra/report/template.ts';
import { compose } from '#infra/stacks/compose.ts';

export const checkout = dirname(dirname(import.meta.dirname));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-'));
  folders.push(folder);
  return folder;
};

type Given = { root?: string; context?: Record<string, unknown>; env?: NodeJS.ProcessEnv };

/** The committed context, without bundling, with these values in it. */
export const contextOf = (context: Record<string, unknown>): Record<string, unknown> => {
  const { context: committed } = JSON.parse(readFileSync(join(checkout, 'cdk.json'), 'utf8'));
  return { ...committed, 'aws:cdk:bundling-stacks': [], commit: 'test', ...context };
};

/**
 * Both stacks as CloudFormation templates, without bundles. The environment is empty unless
 * given, so that a test does not depend on the machine.
 */
export const synth = ({ root = checkout, context = {}, env = {} }: Given = {}) => {
  const app = new App({
    outdir: temporary(),
    context: contextOf(context),
    analyticsReporting: false,
  });
  const { plan, product, ops } = compose(app, root, env);
  const json = (stack: typeof product | typeof ops) => Synthesized.fromStack(stack).toJSON() as Template;
  return { plan, product: json(product), ops: json(ops) };
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
  for (const folder of ['systems', 'state-machines'])
    cpSync(join(checkout, folder), join(root, folder), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(checkout, file), join(root, file));
  for (const [name, text] of Object.entries(doors)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), name.startsWith('functions/') ? doorText(text) : text);
  }
  return root;
};
