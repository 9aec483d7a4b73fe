import type { NextStep } from '#domain/syncs/saga/next-step.ts';
import type { Outside } from '#lib/outside/outside.ts';
import type { Manifest } from '#systems/manifest.ts';
import type { Line } from '#systems/protocol.ts';
import type { handClock } from '#test/platform.ts';
import type { participantToolsOn } from '#wiring/participants.ts';
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
  sftp?: (reach: Reach) => Line['sftp'];
  participants?: (usual: ParticipantTools) => ParticipantTools;
  adapters?: (usual: Platform['adapters'], tools: ParticipantTools) => Platform['adapters'];
  task?: (run: () => Promise<NextStep>) => Promise<NextStep>;
};
export type ParticipantTools = ReturnType<typeof participantToolsOn>;
