import type { FileCalls } from '#domain/participants/lines/sftp/sftp-line.ts';
import type { ParticipantTools } from '#domain/participants/participant.ts';
import type { NextStep } from '#domain/syncs/saga/next-step.ts';
import type { Outside } from '#lib/outside/outside.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { EveryCall } from '#test/participants/every-line.ts';
import type { handClock } from '#test/platform.ts';
import type { Platform } from '#wiring/platform.ts';
import type { Reach } from './scripted-offices.ts';

/**
 * `outside`, `sftp`: replace the lines to the offices. `participants`: replaces tools of the
 * adapters; `adapters` wraps their functions; `task` wraps a conductor's process.
 */
export type Options = {
  time?: ReturnType<typeof handClock>;
  systems?: Manifest[];
  attempts?: number;
  settings?: Record<string, number>;
  outside?: (reach: Reach) => Outside;
  sftp?: (reach: Reach) => FileCalls['sftp'];
  participants?: (usual: ParticipantTools<EveryCall>) => ParticipantTools<EveryCall>;
  adapters?: (usual: Platform['adapters'], tools: ParticipantTools<EveryCall>) => Platform['adapters'];
  task?: (run: () => Promise<NextStep>) => Promise<NextStep>;
};
