import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'constructs';
import { bundlesOf } from './bundles.ts';
import { doorsIn } from './doors.ts';
import { systemsIn } from './endpoints.ts';
import type { Plan } from './house.ts';
import { settingsFrom } from './settings.ts';

/**
 * Reads everything that a synth depends on: the checkout, the context and the environment. No
 * later step reads any of them.
 */
export const planFrom = (root: string, node: Node, env: NodeJS.ProcessEnv): Plan => {
  const doors = doorsIn(root);
  // Before the bundles: the bundler says less of a manifest that it cannot read.
  const systems = systemsIn(root, node, env);
  return {
    root,
    doors,
    bundles: bundlesOf(root, doors),
    systems,
    settings: settingsFrom(node, env),
    commit: node.tryGetContext('commit') ?? commitOf(root),
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  };
};

/** A tree without its git history (an archive, an image) still deploys. */
const commitOf = (root: string) => {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
};
