import type { Reach } from '#lib/sdk.ts';
import type { Story } from './story.ts';

/** What a lab is played on: a Lockstep that runs, and the outside systems that it talks to. */
export type Stage = {
  baseUrl: string;
  aws: Reach;
  /** The event bus's name. */
  bus: string;
  /** Where each outside system is reached from here. */
  systems: Record<string, { url: string }>;
  /** Makes an API key. */
  keyFor(tenant: string, role: 'booker' | 'scheduler' | 'operator'): Promise<string>;
};

/** A file of this folder that exports `lab` is one. */
export type Lab = { title: string; play(stage: Stage, story: Story): Promise<void> };
