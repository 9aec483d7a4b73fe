import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/office-books.ts';
import type { AdapterRequest } from '#domain/participants/adapter-messages.ts';
import { fileExchangeOn } from '#domain/participants/files/exchange.ts';
import { participantOn } from '#domain/participants/participant.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import type { Line } from '#systems/protocol.ts';
import { fileAdapter } from '#test/syncs/file-office.ts';
import { participantToolsOn } from '#wiring/participants.ts';
import type { Platform } from '#wiring/platform.ts';

type Given = { cloud: Cloud; offices: Offices; platformOf: (self: Actor) => Platform };

/** Calls an adapter as a conductor does: the adapter is a function, invoked for each call. */
export function adaptersOf({ cloud, offices, platformOf }: Given) {
  const sftp: Line['sftp'] = async (ask, phase, use) => {
    // The file is written once, at the pace of the line.
    const { count = 0 } = phase === 'prepare' ? (ask.batch ?? {}) : {};
    await cloud.sleep(
      Math.floor((count * 1000) / (ask.system.batch?.itemsPerSecond ?? Number.POSITIVE_INFINITY)),
    );
    return cloud.outside(() => use(offices.files));
  };
  const files = fileAdapter(fileExchangeOn({ now: cloud.clock.now, wait: cloud.sleep }));

  return (conductor: Actor): Platform['adapters'] => ({
    invokeAdapter(adapter, asking) {
      const { system } = asking as AdapterRequest;
      const invoke = (self: Actor) =>
        participantOn(
          adapter === 'rest' ? rest : files,
          participantToolsOn(platformOf(self), sftp),
        )(asking as AdapterRequest);
      return conductor.call('invoke', () => cloud.invoke(`adapter ${system}`, invoke));
    },
  });
}
