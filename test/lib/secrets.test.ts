import { afterEach, describe, expect, it } from 'vitest';
import { awsJsonCalls } from '#lib/aws/aws-json-calls.ts';
import { secretsManager, secretsOn } from '#lib/aws/secrets.ts';
import { fakeAws } from './fake-aws.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

const minute = 60_000;
const opened = async (answers: { status?: number; body: object }[]) => {
  const aws = await fakeAws(() => answers.shift() ?? { status: 500, body: {} });
  closing.push(aws.close);
  const call = awsJsonCalls(secretsManager, { maxAttempts: 1, ...aws.at });
  const clock = { at: 0, now: () => clock.at };
  return { aws, clock, secrets: secretsOn({ call, clock }) };
};

describe('a secret', () => {
  it('is read once in five minutes, also by concurrent calls', async () => {
    const { aws, clock, secrets } = await opened([
      { body: { SecretString: 'old' } },
      { body: { SecretString: 'new' } },
    ]);
    expect(
      await Promise.all([secrets.readSecret('lockstep/debit'), secrets.readSecret('lockstep/debit')]),
    ).toEqual(['old', 'old']);
    clock.at = 5 * minute - 1;
    expect(await secrets.readSecret('lockstep/debit')).toBe('old');
    expect(aws.asked).toEqual([{ target: 'GetSecretValue', body: { SecretId: 'lockstep/debit' } }]);
    clock.at = 5 * minute;
    expect(await secrets.readSecret('lockstep/debit')).toBe('new');
  });

  it('is read again after a failure', async () => {
    const { secrets } = await opened([{ status: 500, body: {} }, { body: { SecretString: 'here' } }]);
    await expect(secrets.readSecret('a')).rejects.toThrow();
    expect(await secrets.readSecret('a')).toBe('here');
  });

  it('without text is an error with its name', async () => {
    const { secrets } = await opened([{ body: { SecretBinary: 'AQI=' } }]);
    await expect(secrets.readSecret('lockstep/debit')).rejects.toThrow(
      'The secret lockstep/debit has no text',
    );
  });
});
