import type { Execution, Tools } from '#domain/syncs/saga/coordinator.ts';
import type { NextStep } from '#domain/syncs/saga/next-step.ts';
import { continueSync, parkSync, runPhase } from '#domain/syncs/saga/run-phase.ts';
import { type Phase, phases } from '#systems/protocol.ts';

type Conduct = (conducting: Execution, tools: Tools) => Promise<NextStep>;

const taskOf = (phase: string): string => `${phase[0]?.toUpperCase()}${phase.slice(1)}`;

const phaseTasks = Object.fromEntries(phases.map((phase) => [taskOf(phase), runPhase(phase)]));

/** The tasks of the state machine by their names in its definition. */
export const conductors = {
  ...(phaseTasks as Record<Capitalize<Phase>, Conduct>),
  Continue: continueSync,
  Park: parkSync,
};
