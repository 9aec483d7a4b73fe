type Out = NodeJS.WritableStream & { isTTY?: boolean };
type Setup = { seconds: number; out?: Out; now?: () => number };

/** For how long something is waited for at most: counted down in place on a terminal, and nothing elsewhere, where it was said in words. */
export function countdown({ seconds, out = process.stdout, now = () => performance.now() }: Setup) {
  const begun = now();
  const redraws = out.isTTY === true && process.env.TERM !== 'dumb';
  return {
    draw(): void {
      const left = Math.max(0, Math.ceil(seconds - (now() - begun) / 1000));
      if (redraws) out.write(`\r   at most ${left} s more\x1b[K`);
    },
    /** The line is free again. */
    end(): void {
      if (redraws) out.write('\r\x1b[K');
    },
  };
}
