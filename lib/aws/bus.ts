import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

type Published = { type: string; time: string };
const most = 10;

type Reached = { client: () => EventBridgeClient; name: () => string };

/**
 * The event bus. PutEvents answers 200 even if it took nothing, so each entry is checked; throws
 * if one was not taken, and the whole batch is retried.
 */
export const busOn = ({ client, name }: Reached) => ({
  async putEvents(events: Published[]): Promise<void> {
    for (let from = 0; from < events.length; from += most) {
      const batch = events.slice(from, from + most);
      const { Entries = [] } = await client().send(
        new PutEventsCommand({
          Entries: batch.map((event) => ({
            EventBusName: name(),
            Source: 'lockstep',
            DetailType: event.type,
            Time: new Date(event.time),
            Detail: JSON.stringify(event),
          })),
        }),
      );
      const failed = batch.filter((_, i) => !Entries[i]?.EventId);
      if (failed.length > 0)
        throw new Error(
          `The bus did not take ${failed.length} of ${batch.length} events (${Entries.find((entry) => entry.ErrorCode)?.ErrorCode})`,
        );
    }
  },
});
