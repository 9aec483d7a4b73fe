import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { adapterFiles } from './adapter-files.ts';
import { lines, say } from './terminal.ts';

/** The name of the system goes behind it, and that has 31 characters at most. */
const adapterName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longest = 24;

/** `adapter new NAME`: a protocol that works as it is, in the checkout that one stands in. Nothing that is there is written over. */
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
  // `wx`: whoever made one of them in the meantime keeps it.
  for (const [path, text] of files) await writeFile(join(root, path), text, { flag: 'wx' });
  lines(files.map(([path]) => path));
  say(`Test it: npx vitest run test/contracts -t ${name}-office`);
  say('Update the inventory, which has one more function: npx vitest run test/infra/inventory.test.ts -u');
  say(`Let syncs call it: mv test/participants/${name}-office.json systems/`);
  say(
    `Set its address: ENDPOINT_${name.toUpperCase().replaceAll('-', '_')}_OFFICE, or "endpoint" of "${name}-office" under "systems" in cdk.json.`,
  );
}
