import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { fileExchangeOn } from '#domain/participants/files/exchange.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import type { Platform } from '#wiring/platform.ts';
import { fileAdapter } from './file-office.ts';

type Tools = Parameters<typeof participantOn>[1];

/** The adapters' functions in this process, by name. */
export function adaptersInProcess(tools: Tools): Platform['adapters'] {
  const files = fileExchangeOn({ now: tools.now, wait: tools.batches.wait });
  const adapters = new Map([
    ['rest', participantOn(rest, tools)],
    ['fixed-width-sftp', participantOn(fileAdapter(files), tools)],
  ]);
  return {
    async invokeAdapter(name, asking) {
      const ask = adapters.get(name);
      if (!ask) throw new Error(`There is no adapter ${name}`);
      return ask(asking as AdapterRequest);
    },
  };
}
