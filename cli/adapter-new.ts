import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { adapterFiles } from './adapter-files.ts';
import { lines, say } from './terminal.ts';

/** The system's name is NAME-office, and a system's name has at most 31 characters. */
const adapterName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longest = 24;

/**
 * `adapter new NAME`: writes a protocol that works as it is into the checkout of the current
 * directory. No existing file is overwritten.
 */
export function addAdapterNew(adapter: Command): void {
  adapter
    .command('new <name>')
    .description(
      'write a new adapter: functions/adapters/NAME.ts, a system that speaks its protocol, and a stand-in to test it with',
    )
    .action((name: string) => newAdapter(name, process.cwd()));
}

async function newAdapter(name: string, root: string): Promise<void> {
  if (!adapterName.test(name) || name.length > longest)
    throw new Error(
      `${name} cannot be an adapter: at most ${longest} of a-z, 0-9 and single dashes, starting with a letter.`,
    );
  if (!existsSync(join(root, 'functions/adapters')))
    throw new Error('There is no functions/adapters in this directory: run it in a checkout of Lockstep.');
  const files = Object.entries(adapterFiles(name));
  const there = files.filter(([path]) => existsSync(join(root, path))).map(([path]) => path);
  if (there.length > 0)
    throw new Error(
      `${there.join(' and ')} ${there.length > 1 ? 'exist' : 'exists'} already; nothing was written.`,
    );
  // `wx`: a file that another process has created by now is not overwritten.
  for (const [path, text] of files) await writeFile(join(root, path), text, { flag: 'wx' });
  lines(files.map(([path]) => path));
  say(`Test it: npx vitest run test/contracts -t ${name}-office`);
  say('Update the inventory, which has one more function: npx vitest run test/infra/inventory.test.ts -u');
  say(`Let syncs call it: mv test/participants/${name}-office.json systems/`);
  say(
    `Set its address: ENDPOINT_${name.toUpperCase().replaceAll('-', '_')}_OFFICE, or "endpoint" of "${name}-office" under "systems" in cdk.json.`,
  );
}
