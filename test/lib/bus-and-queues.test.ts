import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it } from 'vitest';
import { busOn } from '#lib/aws/bus.ts';
import { queuesOn, sqsClient } from '#lib/aws/queues.ts';
import { sdk } from '#lib/aws/sdk.ts';
import { type Asked, fakeAws } from './fake-aws.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

type Entries = { Entries: Record<string, unknown>[] };
const entriesOf = ({ body }: Asked) => (body as unknown as Entries).Entries;
const server = async (answerTo: (asked: Asked) => { status?: number; body: unknown }) => {
  const aws = await fakeAws(answerTo);
  closing.push(aws.close);
  return aws;
};

describe('the bus', () => {
  const events = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      type: 'slot.reserved',
      time: '2027-01-15T08:00:00.000Z',
      id: n,
    }));
  const taking = (fails: (n: number) => boolean) => async (count: number) => {
    let n = 0;
    const aws = await server((asked) => {
      const Entries = entriesOf(asked).map(() =>
        fails(n++) ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'no' } : { EventId: `e${n}` },
      );
      return { body: { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length } };
    });
    const client = new EventBridgeClient({ ...sdk, ...aws.at });
    const bus = busOn({ client: () => client, name: () => 'Bus' });
    return { aws, published: bus.putEvents(events(count)) };
  };

  it('gets events ten at a time, whole and in order', async () => {
    const { aws, published } = await taking(() => false)(23);
    await published;
    expect(aws.asked.map((asked) => entriesOf(asked).length)).toEqual([10, 10, 3]);
    const details = aws.asked.flatMap(entriesOf).map(({ Detail }) => JSON.parse(String(Detail)).id);
    expect(details).toEqual(Array.from({ length: 23 }, (_, n) => n));
    expect(entriesOf(aws.asked[0]!)[0]).toMatchObject({
      EventBusName: 'Bus',
      Source: 'lockstep',
      DetailType: 'slot.reserved',
    });
  });

  it('fails the call when a 200 has not accepted every event', async () => {
    const { published } = await taking((n) => n === 4)(10);
    await expect(published).rejects.toThrow('did not take 1 of 10 events (ThrottlingException)');
  });

  it('fails the call when it answers for fewer events than it was given', async () => {
    const aws = await server(() => ({ body: { Entries: [{ EventId: 'e1' }], FailedEntryCount: 0 } }));
    const client = new EventBridgeClient({ ...sdk, ...aws.at });
    await expect(busOn({ client: () => client, name: () => 'Bus' }).putEvents(events(2))).rejects.toThrow(
      'did not take 1 of 2',
    );
  });

  it('that is unavailable is an outage, after two attempts', async () => {
    const aws = await server(() => ({ status: 500, body: { __type: 'InternalException' } }));
    const client = new EventBridgeClient({ ...sdk, ...aws.at });
    await expect(busOn({ client: () => client, name: () => 'Bus' }).putEvents(events(1))).rejects.toThrow();
    expect(aws.asked).toHaveLength(2);
  });
});

describe('the queues', () => {
  const message = (job: string, n: number, delaySeconds = 0) => ({ job, body: { n }, delaySeconds });
  const open = async (failing: (id: string) => boolean = () => false) => {
    const aws = await server((asked) => {
      const ids = entriesOf(asked).map(({ Id }) => String(Id));
      return {
        body: {
          Successful: ids
            .filter((id) => !failing(id))
            .map((Id) => ({ Id, MessageId: Id, MD5OfMessageBody: '' })),
          Failed: ids.filter(failing).map((Id) => ({ Id, Code: 'InternalError', SenderFault: false })),
        },
      };
    });
    const client = sqsClient({ ...aws.at, md5: false });
    return {
      aws,
      queues: queuesOn({ client: () => client, urlOf: (job) => `http://elsewhere.example/${job}` }),
    };
  };

  it('get each job’s messages ten at a time, in order, with their delay', async () => {
    const { aws, queues } = await open();
    await queues.sendMessages([
      ...Array.from({ length: 12 }, (_, n) => message('payment.settle', n, 35)),
      message('other.job', 99),
    ]);
    expect(
      aws.asked.map((asked) => [String(asked.body.QueueUrl).split('/').at(-1), entriesOf(asked).length]),
    ).toEqual([
      ['payment.settle', 10],
      ['payment.settle', 2],
      ['other.job', 1],
    ]);
    expect(entriesOf(aws.asked[0]!)[3]).toMatchObject({ MessageBody: '{"n":3}', DelaySeconds: 35 });
  });

  it('get delays up to the limit of SQS', async () => {
    const { aws, queues } = await open();
    await queues.sendMessages([message('payment.settle', 1, 5_000)]);
    expect(entriesOf(aws.asked[0]!)[0]).toMatchObject({ DelaySeconds: 900 });
  });

  it('fail the call when a 200 has not accepted every message', async () => {
    const { queues } = await open((id) => id === '2');
    await expect(queues.sendMessages([1, 2, 3, 4].map((n) => message('payment.settle', n)))).rejects.toThrow(
      'payment.settle: 1 of 4 messages were not taken (InternalError)',
    );
  });
});
