import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '#local/engine.ts';
import { folder } from '#local/folder.ts';
import { engineFolder, findPython, installEngine } from '#local/python.ts';
import { leftOf, noteDescendants } from './processes.ts';

const real = findPython(process.env).executable;
const places: string[] = [];
afterAll(() => places.map((place) => rmSync(place, { recursive: true, force: true })));

/** A Python whose `venv` runs `does` instead, with an engine folder of its own. */
const pythonWhoseVenv = (does: string) => {
  const place = mkdtempSync(join(tmpdir(), 'python-'));
  const executable = join(place, 'python3');
  const python = { executable, version: 'test' };
  const about = JSON.stringify(python);
  writeFileSync(
    executable,
    `#!/bin/sh\ncase "$*" in -c*) echo '${about}';; "-m venv"*) ${does};; *) exec ${real} "$@";; esac\n`,
  );
  chmodSync(executable, 0o755);
  const name = basename(engineFolder(python));
  const installed = () =>
    (existsSync(folder) ? readdirSync(folder) : []).filter((entry) => entry.startsWith(name));
  places.push(place);
  return {
    place,
    installed,
    env: { ...process.env, AWS_ENDPOINT_URL: '', PATH: `${place}:${process.env.PATH}` },
  };
};

describe('installing the engine', () => {
  it('works without venv where a machine has none, and the installed engine starts', async () => {
    const { place, installed, env } = pythonWhoseVenv('exit 1');
    const engine = await openEngine({ instance: place, env });
    try {
      expect((await fetch(`${engine.endpoint}/_ministack/health`)).status).toBe(200);
      expect(installed()).toHaveLength(1);
    } finally {
      await engine.close();
      for (const name of installed()) rmSync(join(folder, name), { recursive: true });
    }
  }, 120_000);

  it('that is killed leaves no usable engine, and the next install removes its rest', async () => {
    const { place, installed, env } = pythonWhoseVenv('mkdir -p "$3/bin"; touch "$3/pyvenv.cfg"; sleep 311');
    const code = `import { installEngine } from ${JSON.stringify(import.meta.resolve('#local/python.ts'))}; await installEngine(process.env, () => {});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: 'ignore' });
    const noted = noteDescendants(child.pid!);
    while (![...noted.seen.values()].includes('sleep 311')) await sleep(50);
    noted.stop();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await leftOf(noted.seen, 8000)).toEqual([]);
    expect(installed()).toEqual([expect.stringMatching(/\.partial-/)]);

    const broken = pythonWhoseVenv('exit 1');
    const offline = { ...broken.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: place };
    await expect(installEngine(offline, () => {})).rejects.toThrow(
      /^The engine could not be installed \(\S+ says why\): install Python/,
    );
    expect([...installed(), ...broken.installed()]).toEqual([]);
  }, 60_000);
});
