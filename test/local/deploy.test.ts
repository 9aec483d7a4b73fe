import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { baseUrlOf, deployEnvironment } from '#local/deploy.ts';
import { folder } from '#local/folder.ts';

const engine = {
  endpoint: 'http://127.0.0.1:5000',
  region: 'us-east-1',
  env: { AWS_REGION: 'us-east-1' },
  fresh: true,
  close: async () => {},
};

describe('a deploy to an engine', () => {
  it('passes settings and records of outside systems to the synth', () => {
    const settings = { leaseSeconds: 3, retainData: false, origins: ['http://a.test'] };
    const env = deployEnvironment({
      engine,
      settings,
      systems: { clearinghouse: { endpoint: 'http://127.0.0.1:9', plainHttp: true } },
    });
    expect(env).toMatchObject({
      LOCKSTEP_LEASE_SECONDS: '3',
      LOCKSTEP_RETAIN_DATA: 'false',
      LOCKSTEP_ORIGINS: '["http://a.test"]',
      LOCKSTEP_SYSTEMS: '{"clearinghouse":{"endpoint":"http://127.0.0.1:9","plainHttp":true}}',
    });
  });

  it('uses the stand-in of a system, even when the environment has the real system’s endpoint', () => {
    vi.stubEnv('ENDPOINT_CLAIMS_OFFICE', 'https://claims.example.gov');
    vi.stubEnv('ENDPOINT_NORTHBANK', 'http://127.0.0.1:9000');
    onTestFinished(() => void vi.unstubAllEnvs());
    const systems = { 'claims-office': { endpoint: 'http://127.0.0.1:10' }, northbank: { plainHttp: true } };
    const env: Record<string, string | undefined> = deployEnvironment({ engine, systems });
    expect(env.ENDPOINT_CLAIMS_OFFICE).toBeUndefined();
    expect(env.ENDPOINT_NORTHBANK).toBe('http://127.0.0.1:9000');
  });

  it('writes inside the checkout only, and sends no telemetry', () => {
    const env: Record<string, string> = deployEnvironment({ engine });
    expect(env.HOME?.startsWith(folder)).toBe(true);
    expect(env.TMPDIR?.startsWith(folder)).toBe(true);
    expect(env.CDK_DISABLE_CLI_TELEMETRY).toBe('true');
  });

  it('reaches buckets by path where localhost has no subdomains', () => {
    expect(deployEnvironment({ engine: { ...engine, endpoint: 'http://localhost:4566' } })).toMatchObject({
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566',
    });
    expect(
      deployEnvironment({ engine: { ...engine, endpoint: 'https://localhost:9297' } }),
    ).not.toHaveProperty('AWS_ENDPOINT_URL_S3');
  });

  it('has the same base URL on every engine, unless API_BASE_URL is set', () => {
    const outputs = { ApiId: 'abc', Stage: 'live' };
    expect(baseUrlOf('http://localhost:4566/', outputs, {})).toBe(
      'http://localhost:4566/_aws/execute-api/abc/live',
    );
    expect(baseUrlOf('http://localhost:4566', outputs, { API_BASE_URL: 'https://api.example.gov' })).toBe(
      'https://api.example.gov',
    );
  });
});
