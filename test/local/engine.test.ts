import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { clientOf, openEngine } from '#local/engine.ts';
import { findPython } from '#local/python.ts';

const instance = mkdtempSync(join(tmpdir(), 'engine-'));
afterAll(() => rmSync(instance, { recursive: true }));

const program = (name: string, body: string) => {
  writeFileSync(join(instance, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(instance, name), 0o755);
};

describe('the engine of a laptop', () => {
  it('names the three alternatives in one sentence when no Python is new enough', () => {
    const sentence = /^[^\n]*install Python 3\.10[^\n]*docker compose up[^\n]*set AWS_ENDPOINT_URL[^\n]*\.$/;
    expect(() => findPython({ PATH: '/nowhere' })).toThrow(sentence);
    program('python3', 'exit 1');
    expect(() => findPython({ PATH: instance })).toThrow(sentence);
  });

  it('runs on another Python when python3 is too old or broken', () => {
    program('python3', 'exit 1');
    program('python3.13', 'exit 127');
    program('python3.11', `echo '{"executable": "/opt/python3.11", "version": "3.11.9"}'`);
    expect(findPython({ PATH: instance })).toEqual({ executable: '/opt/python3.11', version: '3.11.9' });
  });

  it('is installed from pinned wheels only, each by its hash', () => {
    const pins =
      readFileSync(join(import.meta.dirname, '..', '..', 'local', 'requirements.txt'), 'utf8').match(
        /^[a-z](?:.*\\\n)*.*/gm,
      ) ?? [];
    expect(pins.length).toBeGreaterThan(10);
    for (const pin of pins)
      expect(pin).toMatch(
        /^[a-z0-9-]+==[\w.]+( ; \S+ < "3\.\d+")? \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\\n)?)+$/,
      );
  });

  it('at AWS_ENDPOINT_URL must answer: otherwise a sentence says so, and no other engine is started', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    await expect(openEngine({ instance, env })).rejects.toThrow(
      /^Nothing answers at http:\/\/127\.0\.0\.1:1: start that engine, or unset/,
    );
  });

  it('that Lockstep starts never sees the caller’s AWS credentials', () => {
    const caller = {
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_SECRET_ACCESS_KEY: 'real',
      AWS_SESSION_TOKEN: 'real',
      AWS_REGION: 'eu-west-1',
    };
    const { region, env } = clientOf('http://127.0.0.1:5000', caller);
    expect(region).toBe('us-east-1');
    expect(env).toEqual({
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:5000',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    });
  });

  it('at AWS_ENDPOINT_URL gets the caller’s credentials and region, or test keys if there are none', () => {
    const AWS_ENDPOINT_URL = 'http://127.0.0.1:4566';
    const own = clientOf(AWS_ENDPOINT_URL, {
      AWS_ENDPOINT_URL,
      AWS_ACCESS_KEY_ID: 'mine',
      AWS_SECRET_ACCESS_KEY: 'own',
      AWS_REGION: 'eu-west-1',
    });
    expect(own).toMatchObject({
      region: 'eu-west-1',
      env: { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'own', AWS_REGION: 'eu-west-1' },
    });
    expect(clientOf(AWS_ENDPOINT_URL, { AWS_ENDPOINT_URL, AWS_PROFILE: 'lab' }).env).not.toHaveProperty(
      'AWS_ACCESS_KEY_ID',
    );
    expect(clientOf(AWS_ENDPOINT_URL, { AWS_ENDPOINT_URL }).env).toMatchObject({
      AWS_ACCESS_KEY_ID: 'test',
      AWS_REGION: 'us-east-1',
    });
  });
});
