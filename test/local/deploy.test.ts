import { describe, expect, it } from 'vitest';
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
  it('hands settings and the addresses of outside systems to the synth', () => {
    const settings = { leaseSeconds: 3, retainData: false, origins: ['http://a.test'] };
    const env = deployEnvironment({
      engine,
      settings,
      endpoints: { clearinghouse: 'http://127.0.0.1:9', 'claims-office': 'http://127.0.0.1:10' },
    });
    expect(env).toMatchObject({
      LOCKSTEP_LEASE_SECONDS: '3',
      LOCKSTEP_RETAIN_DATA: 'false',
      LOCKSTEP_ORIGINS: '["http://a.test"]',
      ENDPOINT_CLEARINGHOUSE: 'http://127.0.0.1:9',
      ENDPOINT_CLAIMS_OFFICE: 'http://127.0.0.1:10',
    });
  });

  it('writes nothing outside the checkout and tells nobody', () => {
    const env: Record<string, string> = deployEnvironment({ engine });
    expect(env.HOME?.startsWith(folder)).toBe(true);
    expect(env.TMPDIR?.startsWith(folder)).toBe(true);
    expect(env.CDK_DISABLE_CLI_TELEMETRY).toBe('true');
  });

  it('finds buckets under a path where localhost has no names below it', () => {
    expect(deployEnvironment({ engine: { ...engine, endpoint: 'http://localhost:4566' } })).toMatchObject({
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4566',
    });
    expect(
      deployEnvironment({ engine: { ...engine, endpoint: 'https://localhost:9297' } }),
    ).not.toHaveProperty('AWS_ENDPOINT_URL_S3');
  });

  it('answers at one base URL on every engine, unless API_BASE_URL says another', () => {
    const outputs = { ApiId: 'abc', Stage: 'live' };
    expect(baseUrlOf('http://localhost:4566/', outputs, {})).toBe(
      'http://localhost:4566/_aws/execute-api/abc/live',
    );
    expect(baseUrlOf('http://localhost:4566', outputs, { API_BASE_URL: 'https://api.example.gov' })).toBe(
      'https://api.example.gov',
    );
  });
});
