import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '#lib/clock.ts';
import { endpointOf } from '#lib/env.ts';
import { once } from '#lib/once.ts';
import { deployedSecrets } from '#lib/secrets.ts';
import { sftpOutside } from '#lib/sftp-outside.ts';
import type { Lines } from '#systems/contract.ts';
import { filesOn } from './participants/files.ts';

const clock = systemClock;
const line = /* @__PURE__ */ once(() =>
  sftpOutside({ clock, endpoint: endpointOf, secrets: deployedSecrets }),
);

/** The line to the folders of the deployed product's systems. */
export const sftp: Lines['sftp'] = (...asked) => line()(...asked);

/** What becomes of a change in such a folder. */
export const files = filesOn({ now: clock.now, wait });
