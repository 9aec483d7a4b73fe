import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { counted } from '#lib/aws/aws-calls.ts';
import { type Asked, dynamoServer, refusal } from './dynamo-server.ts';
import { clientsAt, failure, get } from './two-clients.ts';

const server = await dynamoServer();
const clients = clientsAt(server.endpoint);
const inHours = (hours: number) => ({ date: new Date(Date.now() + hours * 3_600_000).toUTCString() });

beforeEach(() => void counted());
afterAll(() => server.close());

describe.each(Object.entries(clients))('%s', (_, clientOf) => {
  describe('corrects its clock', () => {
    it.each([
      ['a signature is too old', refusal('InvalidSignatureException', { message: 'Signature expired' })],
      ['the time is too far off', refusal('RequestTimeTooSkewed')],
    ])('by the Date of the answer when %s', async (_, skewed) => {
      const fresh = clientOf();
      server.script({ ...(skewed as object), headers: inHours(5) }, { headers: inHours(5) }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(clockErrorHours)).toEqual([0, 5, 5]);
    });

    it('by the Date of every answer, before an error occurs', async () => {
      const fresh = clientOf();
      server.script({ headers: inHours(-3) }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(clockErrorHours)[1]).toBe(-3);
    });

    it('not by a cached answer', async () => {
      const fresh = clientOf();
      server.script({ headers: { ...inHours(-3), age: '10' } }, {});
      await fresh('GetItem', get);
      await fresh('GetItem', get);
      expect(server.asked.map(clockErrorHours)[1]).toBe(0);
    });

    it('and throws when the correction does not help', async () => {
      const skewed = refusal('InvalidSignatureException', { message: 'Signature expired' });
      server.script({ ...(skewed as object), headers: inHours(5) }, skewed);
      expect(await failure(clientOf()('GetItem', get))).toMatchObject({
        ...{ name: 'InvalidSignatureException', attempts: 2 },
      });
    });
  });
});

/** Hours between the time of a signature and ours. */
const clockErrorHours = ({ headers }: Asked): number =>
  Math.round((signedAt(headers) - Date.now()) / 3_600_000) + 0;

const signedAt = ({ 'x-amz-date': stamp }: Asked['headers']): number =>
  Date.parse(String(stamp).replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
