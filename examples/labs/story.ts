import { styleText } from 'node:util';
import { wrapped } from '#lib/wrapped.ts';

const width = 78;

/** Tells a lab in plain words. Every claim is checked as it is told, and counted. */
export function story(write: (line: string) => void) {
  const broken: string[] = [];
  let claims = 0;
  let chapters = 0;
  const words = (text: string, indent = '') => {
    for (const line of wrapped(text, width - indent.length)) write(indent + line);
  };
  return {
    chapter(title: string): void {
      chapters += 1;
      write('');
      write(styleText('bold', `${chapters}. ${title}`, { stream: process.stdout }));
    },
    tell: (text: string): void => words(text, '   '),
    /** As it is, unbroken: a command, an answer. */
    show: (text: string): void => write(`   ${text}`.trimEnd()),
    /** What is said of somebody, beside the name. */
    row(name: string, text: string): void {
      for (const [i, line] of wrapped(text, width - 14).entries())
        write(`   ${(i === 0 ? name : '').padEnd(11)}${line}`);
    },
    claim(text: string, kept: boolean, saw?: unknown): void {
      claims += 1;
      const mark = kept
        ? styleText('green', '✓', { stream: process.stdout })
        : styleText('red', '✗', { stream: process.stdout });
      for (const [i, line] of wrapped(text, width - 5).entries()) write(`   ${i === 0 ? mark : ' '} ${line}`);
      if (kept) return;
      broken.push(text);
      words(`There was: ${JSON.stringify(saw)?.slice(0, 600)}`, '     ');
    },
    /** What was promised and did not hold. */
    outcome: () => ({ claims, broken }),
  };
}

export type Story = ReturnType<typeof story>;

/** Says nothing, unless something does not hold that was promised. */
export const quiet = (told: Story): Story => ({
  ...{ ...told, chapter: () => {}, tell: () => {}, show: () => {}, row: () => {} },
  claim: (text, kept, saw) => (kept ? undefined : told.claim(text, kept, saw)),
});
