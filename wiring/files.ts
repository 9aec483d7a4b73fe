import { setTimeout as wait } from 'node:timers/promises';
import { fileExchangeOn } from '#domain/participants/lines/sftp/exchange.ts';
import { type FileCalls, sftpLine } from '#domain/participants/lines/sftp/sftp-line.ts';
import { systemClock } from '#lib/clock.ts';
import { endpointOf } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import type { Adapter } from '#systems/protocol.ts';
import { participantOver } from './participants.ts';
import { deployedSecrets } from './platform.ts';

const deployedSftp = /* @__PURE__ */ once(() =>
  sftpOutside({ clock: systemClock, endpoint: endpointOf, secrets: deployedSecrets }),
);

/** An adapter that exchanges files. */
export type FileAdapter = Adapter<FileCalls>;

export const fileParticipant = (adapter: FileAdapter) =>
  participantOver(adapter, { ...sftpLine, call: () => sftpLine.call(deployedSftp()) });

/** The exchange of files over that line. */
export const files = /* @__PURE__ */ fileExchangeOn({ now: systemClock.now, wait });
