import { vi } from 'vitest';

/** Sets the environment of a door, for one test. */
export const stubDoor = () => {
  vi.stubEnv('VERSIONS', 'v1,v2');
  vi.stubEnv('DEPRECATED', '{}');
  vi.stubEnv('ORIGINS', '');
  vi.stubEnv('VERSION', '1.2.3');
  vi.stubEnv('COMMIT', 'abcdef0');
  vi.stubEnv('KEY_RATE_PER_SECOND', '20');
  vi.stubEnv('KEY_BURST', '40');
  vi.stubEnv('TABLE', 'Table');
  vi.stubEnv('KEY_CACHE_SECONDS', '60');
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  return () => vi.unstubAllEnvs();
};
