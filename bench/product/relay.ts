import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import { type Image, relayImages } from '#domain/relay/relay.ts';
import type { CloudEvent } from '#events/event.ts';
import type { Platform } from '#wiring/platform.ts';
import { relayToolsOn } from '#wiring/relay.ts';
import { keep } from './keepers.ts';
import { subscribersOf } from './synthesized.ts';

type Given = {
  cloud: Cloud;
  platformOf: (self: Actor) => Platform;
  start: (input: object) => Promise<unknown>;
};
const streamMs = 200;
const mostRecords = 100;

/**
 * The table's stream, the relay that reads it, and the relay's receivers: the bus, a queue for
 * each subscriber, and Step Functions.
 */
export function relayOn({ cloud, platformOf, start }: Given) {
  const stream: Image[] = [];
  const events: CloudEvent[] = [];
  const under: Promise<unknown>[] = [];
  let relaying = false;

  const deliver = (event: CloudEvent) => {
    for (const { name } of subscribersOf(event.type)) {
      // Three requests: send, receive and delete.
      cloud.actor(`queue ${name}`).spend('message', 3);
      under.push(cloud.invoke(`subscriber ${name}`, (self) => keep(name, platformOf(self), event)));
    }
  };

  const relay = (images: Image[]) =>
    cloud.invoke('relay', (self) =>
      relayImages(images, {
        ...relayToolsOn({
          ...platformOf(self),
          bus: {
            putEvents: (more) =>
              self.call('put-events', async () => {
                self.spend('event', more.length);
                events.push(...more);
                for (const event of more) deliver(event);
              }),
          },
          executions: {
            startExecution: (_, input) => self.call('start', async () => void under.push(start(input))),
            describeExecution: async () => 'ended',
          },
          queues: {
            sendMessages: (messages) =>
              self.call('send', async () => self.spend('message', 3 * messages.length)),
          },
        }),
        park: async ({ reason }) => Promise.reject(new Error(reason)),
      }),
    );

  /** Delivers one batch of records at a time, in the order of the writes. */
  async function read(): Promise<void> {
    relaying = true;
    await cloud.sleep(streamMs);
    while (stream.length > 0) await relay(stream.splice(0, mostRecords));
    relaying = false;
  }

  return {
    events,
    wrote(image: Image): void {
      stream.push(image);
      if (!relaying) under.push(read());
    },
    /** Waits until all work is done, and throws any failure. */
    async rest(): Promise<void> {
      while (under.length > 0) await cloud.until(Promise.all(under.splice(0)));
    },
  };
}
