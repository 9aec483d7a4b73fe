import { cleanedLines } from '#lib/text.ts';

/** Words for a person, on stderr; nothing in them steers the terminal. */
export const say = (words: string): void => void process.stderr.write(`${cleanedLines(words)}\n`);

/** One sentence for what went wrong. */
export const sayError = (error: unknown): void => say(error instanceof Error ? error.message : String(error));
