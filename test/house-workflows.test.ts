import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from './infra/synth.ts';

/** The actions that a workflow uses without a commit's digest: a tag can be moved to other code. */
const unpinned = (workflow: string): string[] =>
  [...workflow.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].flatMap(([, action = '']) =>
    action.startsWith('./') || /@[0-9a-f]{40}$/.test(action) ? [] : [action],
  );

it('every action of a workflow is pinned by the digest of its commit', () => {
  const folder = join(checkout, '.github/workflows');
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  const workflows = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(workflows.join('\n').match(/uses:/g)?.length).toBeGreaterThan(0);
  expect(workflows.flatMap(unpinned)).toEqual([]);
});

it('an action pinned by a tag or a short digest is found', () => {
  expect(unpinned('    - uses: actions/checkout@v4\n    - uses: a/b@34e1148 # v4\n')).toEqual([
    'actions/checkout@v4',
    'a/b@34e1148',
  ]);
});
