import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** `nice`: how far it steps back. Without `shown` its output is kept, so that it does not stand between another's lines. */
export type Command = { words: [string, ...string[]]; nice?: number; shown?: boolean };
export type Ended = { ok: boolean; output: string; seconds: number };

const children = new Set<ChildProcess>();
/** Ends what still runs. */
export const stop = (): void => {
  for (const child of children) child.kill('SIGTERM');
};

/** Runs a command of the checkout, and says how it ended. */
export async function ended({ words: [name, ...words], nice = 0, shown = false }: Command): Promise<Ended> {
  const begun = performance.now();
  const child = spawn(name, words, {
    cwd: root,
    stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
  children.add(child);
  if (child.pid && nice) setPriority(child.pid, nice);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const code = await new Promise<number | null>((done, fail) =>
    child.once('close', done).once('error', fail),
  );
  children.delete(child);
  return { ok: code === 0, output, seconds: (performance.now() - begun) / 1000 };
}
