import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, prepareFolder } from './folder.ts';
import { greet } from './greet.ts';
import { stopAll } from './keep.ts';
import { findRunning } from './running.ts';
import { say, sayError } from './say.ts';
import { up } from './up.ts';

/** `npm start`: starts everything and runs until Ctrl-C. It takes no arguments. */
const start = async () => {
  const [argument] = process.argv.slice(2);
  if (argument !== undefined) {
    say(`npm start takes no arguments, so not ${argument} either: it runs until Ctrl-C.`);
    process.exit(1);
  }
  const other = await findRunning();
  if (other) {
    say(`Lockstep already runs on this machine (process ${other.pid}): use it, or stop it first.`);
    return greet(other);
  }
  let close = stopAll;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say('Stopping …');
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  stopWithNpm(stop);
  try {
    const running = await up();
    close = running.close;
    await greet(running);
    say('Ctrl-C stops it.');
  } catch (error) {
    if (!stopping) await fail(error);
  }
};

/** A killed npm does not signal its children. */
const stopWithNpm = (stop: () => Promise<void>) => {
  const npm = process.env.npm_lifecycle_event ? process.ppid : undefined;
  if (npm) setInterval(() => process.ppid !== npm && stop(), 1000).unref();
};

/** One sentence for the reader; the stack trace goes to the log. */
const fail = async (error: unknown) => {
  await stopAll();
  prepareFolder();
  appendFileSync(join(folder, 'start.log'), `${error instanceof Error ? error.stack : error}\n`);
  sayError(error);
  process.exit(1);
};

await start();
