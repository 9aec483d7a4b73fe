import type { Actor } from '#bench/actors.ts';
import type { Cloud } from '#bench/cloud.ts';
import type { Offices } from '#bench/offices.ts';
import { filesOn } from '#domain/participants/files.ts';
import { type Asking, participantOn } from '#domain/participants/participant.ts';
import { adapter as rest } from '#functions/adapters/rest.ts';
import type { Lines } from '#systems/contract.ts';
import { fileAdapter } from '#test/syncs/file-office.ts';
import { participantToolsOn } from '#wiring/participants.ts';
import type { Platform } from '#wiring/platform.ts';

type Given = { cloud: Cloud; offices: Offices; platformOf: (self: Actor) => Platform };

/** How a conductor asks: the adapter is a function of its own, which is invoked for each ask. */
export function adaptersOf({ cloud, offices, platformOf }: Given) {
  const sftp: Lines['sftp'] = async (ask, phase, use) => {
    // The line carries so many items a second, once when the file is written.
    const { count = 0 } = phase === 'prepare' ? (ask.batch ?? {}) : {};
    await cloud.sleep(
      Math.floor((count * 1000) / (ask.system.batch?.itemsPerSecond ?? Number.POSITIVE_INFINITY)),
    );
    return cloud.outside(() => use(offices.files));
  };
  const files = fileAdapter(filesOn({ now: cloud.clock.now, wait: cloud.sleep }));

  return (conductor: Actor): Platform['adapters'] => ({
    invokeAdapter(adapter, asking) {
      const { system } = asking as Asking;
      const invoke = (self: Actor) =>
        participantOn(
          adapter === 'rest' ? rest : files,
          participantToolsOn(platformOf(self), sftp),
        )(asking as Asking);
      return conductor.call('invoke', () => cloud.invoke(`adapter ${system}`, invoke));
    },
  });
}
