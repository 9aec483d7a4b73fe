import { setTimeout as wait } from 'node:timers/promises';
import { fileLineOn } from '#domain/participants/file-line.ts';
import { filesOn } from '#domain/participants/files.ts';
import { systemClock } from '#lib/clock.ts';
import { endpointOf } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { sftpOutside } from '#lib/sftp-outside.ts';
import type { Lines } from '#systems/contract.ts';
import { deployedSecrets } from './platform.ts';

const deployedSftp = /* @__PURE__ */ once(() =>
  sftpOutside({ clock: systemClock, endpoint: endpointOf, secrets: deployedSecrets }),
);

/** The line to the folders of the deployed product's systems. */
export const sftp: Lines['sftp'] = (ask, phase, use) => fileLineOn(deployedSftp())(ask, phase, use);

/** What becomes of a change in such a folder. */
export const files = /* @__PURE__ */ filesOn({ now: systemClock.now, wait });
