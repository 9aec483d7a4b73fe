import { setTimeout as wait } from 'node:timers/promises';
import type { Adapter } from '#domain/participants/line.ts';
import { fileAdapterOn } from '#domain/participants/lines/sftp/file-adapter.ts';
import { type FileCalls, sftpLine } from '#domain/participants/lines/sftp/sftp-line.ts';
import { systemClock } from '#lib/clock.ts';
import { endpointOf } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import { participantOver } from './participants.ts';
import { deployedSecrets } from './platform.ts';

const deployedSftp = /* @__PURE__ */ once(() =>
  sftpOutside({ clock: systemClock, endpoint: endpointOf, secrets: deployedSecrets }),
);

/** An adapter of files as the function that the saga invokes. */
export const fileParticipant = (adapter: Adapter<FileCalls>) =>
  participantOver(adapter, { ...sftpLine, call: () => sftpLine.call(deployedSftp()) });

export const fileAdapter = /* @__PURE__ */ fileAdapterOn({ now: systemClock.now, wait });
