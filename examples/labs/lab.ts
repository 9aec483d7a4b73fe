import type { Role } from '#domain/access/api-keys.ts';
import type { Reach } from '#lib/aws/sdk.ts';
import type { Story } from './story.ts';

/** What a lab is played on: a running Lockstep and its outside systems. */
export type Stage = {
  baseUrl: string;
  aws: Reach;
  /** The event bus's name. */
  bus: string;
  /** The address of each outside system, as seen from here. */
  systems: Record<string, { url: string }>;
  /** The address at which systems are killed and revived. */
  switchboard: string;
  /** The state machine of syncs, and the log group of all functions. */
  machine: string;
  logGroup: string;
  /** Runs the command line in a process of its own. */
  lockstep(...args: string[]): Promise<{ code: number; text: string }>;
  /** Makes an API key. */
  keyFor(tenant: string, role: Role): Promise<string>;
};

/** A lab: every file of this folder that exports `lab`. */
export type Lab = {
  title: string;
  play(stage: Stage, story: Story): Promise<void>;
  /**
   * The same lab with a system that dies, as `--kill` names it. Throws one sentence at an unknown
   * system or phase.
   */
  killing?: (order: string) => Lab;
  /** The same lab with a batch of this many items, as `--items` says. */
  batching?: (items: number) => Lab;
  /** The systems whose death is played, too, when all labs are. */
  encore?: string;
};
