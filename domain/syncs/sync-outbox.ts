import type { Teller } from '#domain/publishing/relay-images.ts';
import { jobMessage } from '#lib/job-message.ts';
import type { Sync } from './sync.ts';
import { startOf, syncEventData, undosOf } from './sync-event.ts';

/** What a write of a sync tells, the undos that it sends for, and the execution that it starts. */
export const syncOutbox: Teller = {
  data: (image) => syncEventData(image as unknown as Sync),
  jobs: (image) => undosOf(image as unknown as Sync).map((body) => jobMessage('sync.undo', body)),
  subject: (image) => `sync/${(image as unknown as Sync).token}`,
  start: (image) => startOf(image as unknown as Sync),
};
