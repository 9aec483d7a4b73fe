import type { Running } from './running.ts';

/** What a person reads when Lockstep runs here. */
export const greet = async (running: Running): Promise<void> => {
  process.stdout.write(`${running.baseUrl}\n`);
};
