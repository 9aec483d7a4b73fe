import { setTimeout as wait } from 'node:timers/promises';
import { fileExchangeOn } from '#domain/participants/lines/sftp/exchange.ts';
import { fileLineOn } from '#domain/participants/lines/sftp/file-line.ts';
import { systemClock } from '#lib/clock.ts';
import { endpointOf } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import type { Line } from '#systems/protocol.ts';
import { deployedSecrets } from './platform.ts';

const deployedSftp = /* @__PURE__ */ once(() =>
  sftpOutside({ clock: systemClock, endpoint: endpointOf, secrets: deployedSecrets }),
);

/** The SFTP line to the systems of the deployed product. */
export const sftp: Line['sftp'] = (ask, phase, use) => fileLineOn(deployedSftp())(ask, phase, use);

/** The exchange of files over that line. */
export const files = /* @__PURE__ */ fileExchangeOn({ now: systemClock.now, wait });
