import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';

type Setup = { isTTY?: boolean; columns?: number };

/**
 * A terminal or a file, with the bytes sent to it. `shown` renders the two controls in use:
 * cursor up, and clear to the end of the line.
 */
export function screen({ isTTY = false, columns = 80 }: Setup = {}) {
  const getColorDepth = WriteStream.prototype.getColorDepth;
  const out = Object.assign(new PassThrough(), { columns, ...(isTTY && { isTTY, getColorDepth }) });
  const sent: string[] = [];
  out.on('data', (chunk) => sent.push(String(chunk)));
  return {
    out,
    text: () => sent.join(''),
    shown(): string[] {
      const lines: string[] = [];
      let at = 0;
      for (const part of sent.join('').split('\n').slice(0, -1)) {
        const up = part.startsWith('\x1b[') ? Number.parseInt(part.slice(2), 10) : 0;
        at -= up;
        lines[at++] = (up > 0 ? part.slice(part.indexOf('A') + 1) : part)
          .replace('\r', '')
          .replace('\x1b[K', '');
      }
      return lines;
    },
  };
}
