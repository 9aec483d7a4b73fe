type Out = NodeJS.WritableStream & { isTTY?: boolean };
type Setup = { seconds: number; out?: Out; now?: () => number };

/**
 * A countdown to the limit of a wait, redrawn in place on a terminal; elsewhere nothing is
 * written.
 */
export function countdown({ seconds, out = process.stdout, now = () => performance.now() }: Setup) {
  const begun = now();
  const redraws = out.isTTY === true && process.env.TERM !== 'dumb';
  return {
    draw(): void {
      const left = Math.max(0, Math.ceil(seconds - (now() - begun) / 1000));
      if (redraws) out.write(`\r   at most ${left} s more\x1b[K`);
    },
    /** Clears the line. */
    end(): void {
      if (redraws) out.write('\r\x1b[K');
    },
  };
}
