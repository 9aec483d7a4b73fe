import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { undoneBatch } from '#test/evidence/evidence-world.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/evidence.md'), 'utf8');
const section = page.slice(page.indexOf('## Verify it without Lockstep'));
const commands = /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
const tools = ['bash', 'jq', 'openssl', 'sha256sum', 'base64', 'xxd', 'python3'];
const absent = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);

/** What each command prints for this bundle, line by line. */
async function printed(change: (bundle: { rows: { detail?: string }[] }) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  try {
    const bundle = await (await undoneBatch()).show('P7');
    const copy = JSON.parse(JSON.stringify(bundle));
    change(copy);
    writeFileSync(join(folder, 'bundle.json'), JSON.stringify(copy));
    writeFileSync(join(folder, 'public.pem'), copy.checkpoint.key);
    return execFileSync('bash', ['-c', commands], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.skipIf(absent.length > 0)(
  'proves a bundle with the commands of its page alone, without Lockstep',
  async () => {
    const lines = await printed();
    expect([lines[0], lines[2]]).toEqual(['Verified OK', 'true']);
    expect(lines).toContain('True');
    const [object, named] = lines.slice(-2).map((line) => line.slice(0, 64));
    expect(object).toMatch(/^[0-9a-f]{64}$/);
    expect(named).toBe(object);
  },
);

it.skipIf(absent.length > 0)('shows a changed row by the same commands', async () => {
  const lines = await printed(({ rows }) => {
    rows[1]!.detail = 'changed';
  });
  expect(lines.some((line) => /^[<>] [0-9a-f]{64}/.test(line))).toBe(true);
});
