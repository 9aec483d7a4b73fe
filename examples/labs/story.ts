import { styleText } from 'node:util';
import { wrapText } from '#lib/wrap-text.ts';

const width = 78;

/** Writes a lab's text. Every claim is checked when it is written, and counted. */
export function story(write: (line: string) => void) {
  const broken: string[] = [];
  let claims = 0;
  let chapters = 0;
  const words = (text: string, indent = '') => {
    for (const line of wrapText(text, width - indent.length)) write(indent + line);
  };
  return {
    chapter(title: string): void {
      chapters += 1;
      write('');
      write(styleText('bold', `${chapters}. ${title}`, { stream: process.stdout }));
    },
    tell: (text: string): void => words(text, '   '),
    /** Unwrapped: a command, or an answer. */
    show: (text: string): void => write(`   ${text}`.trimEnd()),
    /** A name and a text beside it. */
    row(name: string, text: string): void {
      for (const [i, line] of wrapText(text, width - 14).entries())
        write(`   ${(i === 0 ? name : '').padEnd(11)}${line}`);
    },
    claim(text: string, kept: boolean, saw?: unknown): void {
      claims += 1;
      const mark = kept
        ? styleText('green', '✓', { stream: process.stdout })
        : styleText('red', '✗', { stream: process.stdout });
      for (const [i, line] of wrapText(text, width - 5).entries())
        write(`   ${i === 0 ? mark : ' '} ${line}`);
      if (kept) return;
      broken.push(text);
      words(`Found: ${JSON.stringify(saw)?.slice(0, 600)}`, '     ');
    },
    /** The claims that did not hold. */
    outcome: () => ({ claims, broken }),
  };
}

export type Story = ReturnType<typeof story>;

/** Writes only if the claim does not hold. */
export const quiet = (told: Story): Story => ({
  ...{ ...told, chapter: () => {}, tell: () => {}, show: () => {}, row: () => {} },
  claim: (text, kept, saw) => (kept ? undefined : told.claim(text, kept, saw)),
});
