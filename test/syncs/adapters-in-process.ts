import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { fileAdapterOn } from '#domain/participants/lines/sftp/file-adapter.ts';
import { type ParticipantTools, participantOn } from '#domain/participants/participant.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import type { EveryCall } from '#test/participants/every-line.ts';
import type { Platform } from '#wiring/platform.ts';

/** The adapters' functions in this process, each by its name. */
export function adaptersInProcess(tools: ParticipantTools<EveryCall>): Platform['adapters'] {
  const files = fileAdapterOn({ now: tools.now, wait: tools.batches.wait });
  const adapters = new Map([
    ['rest', participantOn(rest, tools)],
    ['fixed-width-sftp', participantOn(files, tools)],
  ]);
  return {
    async invokeAdapter(name, asking) {
      const ask = adapters.get(name);
      if (!ask) throw new Error(`There is no adapter ${name}`);
      return ask(asking as AdapterRequest);
    },
  };
}
