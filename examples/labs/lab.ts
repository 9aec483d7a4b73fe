import type { Role } from '#domain/access/api-keys.ts';
import type { Reach } from '#lib/aws/sdk.ts';
import type { Story } from './story.ts';

/** What a lab is played on: a Lockstep that runs, and the outside systems that it talks to. */
export type Stage = {
  baseUrl: string;
  aws: Reach;
  /** The event bus's name. */
  bus: string;
  /** Where each outside system is reached from here. */
  systems: Record<string, { url: string }>;
  /** Where they are killed and revived. */
  switchboard: string;
  /** The state machine of syncs, and the log that all functions write to. */
  machine: string;
  logGroup: string;
  /** Runs the command line in a process of its own, as anybody would. */
  lockstep(...args: string[]): Promise<{ code: number; text: string }>;
  /** Makes an API key. */
  keyFor(tenant: string, role: Role): Promise<string>;
};

/** A file of this folder that exports `lab` is one. */
export type Lab = {
  title: string;
  play(stage: Stage, story: Story): Promise<void>;
  /** The same with a system that dies, as `--kill` says it; throws a sentence where there is no such system or phase. */
  killing?: (order: string) => Lab;
  /** The same with a batch of so many items, as `--items` says it. */
  batching?: (items: number) => Lab;
  /** Whose death is played, too, when everything is. */
  encore?: string;
};
