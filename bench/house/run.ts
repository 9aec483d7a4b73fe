import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { payloadWay } from './payload-way.ts';
import { reportsOf } from './reports.ts';
import { roomsOf } from './rooms.ts';
import { deploySeconds, stacksOf } from './stacks.ts';
import { asTable } from './table.ts';
import { sourcesOf } from './tree.ts';

/**
 * `npm run figures` measures the code base. `--at DIR`: another checkout with its own packages;
 * `--deploy`: also the time of a deploy to a fresh engine; `--quick`: without bundles; `--json`:
 * data; `--against FILE`: compare with such data.
 */
const { values } = parseArgs({
  options: {
    at: { type: 'string', default: '.' },
    json: { type: 'boolean', default: false },
    deploy: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    against: { type: 'string' },
  },
});
const root = resolve(values.at);
const sources = sourcesOf(root);
const figures = {
  stacks: await stacksOf(root, { bundle: !values.quick }),
  ...(values.deploy && { deploySeconds: await deploySeconds(root) }),
  domain: roomsOf(sources, 'domain'),
  'domain/syncs': roomsOf(sources, 'domain/syncs'),
  payloadWay: payloadWay(sources),
  ...reportsOf(root),
};
const before = values.against && JSON.parse(readFileSync(values.against, 'utf8'));
const text = values.json ? JSON.stringify(figures, null, 2) : asTable(figures, before || undefined);
process.stdout.write(`${text}\n`);
