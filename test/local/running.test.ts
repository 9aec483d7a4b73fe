import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce, findRunning, withdraw } from '#local/running.ts';

const place = mkdtempSync(join(tmpdir(), 'running-'));
const path = join(place, 'running.json');
const server = createServer();
let endpoint = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(place, { recursive: true });
});

const running = (pid: number) => ({
  pid,
  endpoint,
  region: 'us-east-1',
  env: { AWS_SECRET_ACCESS_KEY: 'secret' },
  baseUrl: `${endpoint}/_aws/execute-api/abc/live`,
  outputs: { ApiId: 'abc' },
  systems: { eligibility: { url: 'http://127.0.0.1:9' } },
  switchboard: 'http://127.0.0.1:9',
});

describe('the Lockstep that runs on this machine', () => {
  it('is found by a second start, with its engine’s credentials', async () => {
    announce(running(process.pid), path);
    const found = await findRunning(path);
    expect(found).toMatchObject({
      baseUrl: running(1).baseUrl,
      systems: running(1).systems,
      env: { AWS_ENDPOINT_URL: endpoint },
    });
  });

  it('writes no credentials to its file', () => {
    announce(running(process.pid), path);
    expect(readFileSync(path, 'utf8')).not.toContain('secret');
  });

  it('is not found when its process is gone, though its file exists', async () => {
    announce(running(spawnSync('true').pid), path);
    expect(await findRunning(path)).toBeUndefined();
  });

  it('is not found when its engine does not answer', async () => {
    announce({ ...running(process.pid), endpoint: 'http://127.0.0.1:1' }, path);
    expect(await findRunning(path)).toBeUndefined();
  });

  it('is not found when its file is cut off', async () => {
    writeFileSync(path, '{ "pid": 1');
    expect(await findRunning(path)).toBeUndefined();
  });

  it('removes its own file, and never another one’s', async () => {
    announce(running(process.pid), path);
    withdraw(process.pid + 1, path);
    expect(await findRunning(path)).toBeDefined();
    withdraw(process.pid, path);
    expect(await findRunning(path)).toBeUndefined();
  });
});
