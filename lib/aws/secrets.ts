import type { Clock } from '#lib/clock.ts';
import type { awsJsonCalls } from './aws-json-calls.ts';

type Reached = { call: ReturnType<typeof awsJsonCalls>; clock: Clock };
type Kept = { value: Promise<string>; until: number };

const keptMs = 5 * 60_000;

/** AWS Secrets Manager for `awsJsonCalls`. */
export const secretsManager = {
  signedAs: 'secretsmanager',
  target: 'secretsmanager',
  version: '1.1',
  variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
} as const;

/** Secrets by name, cached for five minutes: a changed secret takes effect within that time. */
export const secretsOn = ({ call, clock }: Reached) => {
  const kept = new Map<string, Kept>();

  const read = async (name: string): Promise<string> => {
    const { SecretString } = await call('GetSecretValue', JSON.stringify({ SecretId: name }));
    if (typeof SecretString !== 'string' || SecretString === '')
      throw new Error(`The secret ${name} has no text`);
    return SecretString;
  };

  return {
    async readSecret(name: string): Promise<string> {
      const known = kept.get(name);
      if (known && clock.now() < known.until) return known.value;
      const mine = { value: read(name), until: clock.now() + keptMs };
      kept.set(name, mine);
      try {
        return await mine.value;
      } catch (error) {
        if (kept.get(name) === mine) kept.delete(name);
        throw error;
      }
    },
  };
};
