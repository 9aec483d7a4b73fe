import { styleText } from 'node:util';

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
    claim(text: string, kept: boolean, saw?: unknown): void {
      claims += 1;
      write(`   ${kept ? styleText('green', '✓', { stream: process.stdout }) : styleText('red', '✗', { stream: process.stdout })} ${text}`);
      if (kept) return;
      broken.push(text);
      words(`There was: ${JSON.stringify(saw)?.slice(0, 600)}`, '     ');
    },
    /** What was promised and did not hold. */
    outcome: () => ({ claims, broken }),
  };
}

export type Story = ReturnType<typeof story>;

function wrapped(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1) as string;
    if (line && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
