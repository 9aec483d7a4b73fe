import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/office-books.ts';
import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { httpLine } from '#domain/participants/lines/http/http-line.ts';
import { fileAdapterOn } from '#domain/participants/lines/sftp/file-adapter.ts';
import type { FileCalls } from '#domain/participants/lines/sftp/sftp-line.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import { everyLine } from '#test/participants/every-line.ts';
import { participantToolsOn } from '#wiring/participants.ts';
import type { Platform } from '#wiring/platform.ts';

type Given = { cloud: Cloud; offices: Offices; platformOf: (self: Actor) => Platform };

/** Calls an adapter as a conductor does: the adapter is a function, invoked for each call. */
export function adaptersOf({ cloud, offices, platformOf }: Given) {
  const sftp: FileCalls['sftp'] = async (ask, phase, use) => {
    // The line carries so many items a second, once when the file is written.
    const { count = 0 } = phase === 'prepare' ? (ask.batch ?? {}) : {};
    await cloud.sleep(
      Math.floor((count * 1000) / (ask.system.batch?.itemsPerSecond ?? Number.POSITIVE_INFINITY)),
    );
    return cloud.outside(() => use(offices.files));
  };
  const files = fileAdapterOn({ now: cloud.clock.now, wait: cloud.sleep });

  return (conductor: Actor): Platform['adapters'] => ({
    invokeAdapter(adapter, asking) {
      const { system } = asking as AdapterRequest;
      const invoke = (self: Actor) => {
        const on = platformOf(self);
        const line = everyLine({ ...httpLine.call(on.outside), sftp });
        const tools = participantToolsOn(on, line);
        return participantOn(adapter === 'rest' ? rest : files, tools)(asking as AdapterRequest);
      };
      return conductor.call('invoke', () => cloud.invoke(`adapter ${system}`, invoke));
    },
  });
}
