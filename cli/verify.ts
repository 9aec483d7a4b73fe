import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { aboutInWords } from '#domain/syncs/evidence/verify/bundle-summary.ts';
import { checkBundleText, type Verdict } from '#domain/syncs/evidence/verify/check-bundle.ts';
import { publicKey } from '#domain/syncs/evidence/verify/check-checkpoint.ts';
import { outsideTokenOf } from '#domain/syncs/outside-token.ts';
import { fileText } from '#lib/file-text.ts';
import { json, lines } from './terminal.ts';

type Asked = { key?: string; tenant?: string; json?: boolean };

/** `verify BUNDLE`: needs the file and nothing else, no network and no account. An exit code of 1 means that something is wrong, and the last line says what. */
export function addVerify(program: Command): void {
  program
    .command('verify <bundle>')
    .description('check a bundle of evidence (- reads stdin): rows, checkpoint, signature, results, item')
    .option(
      '--key <public.pem>',
      'the public key to verify with; without it verify takes the key in the bundle and prints its fingerprint',
    )
    .option(
      '--tenant <name>',
      'the tenant that the sync must belong to; without it the tenant is not checked',
    )
    .option('--json', 'JSON on stdout')
    .allowExcessArguments(false)
    .action((file: string, asked: Asked) => verify(file, asked));
}

function verify(file: string, { tenant, ...asked }: Asked): void {
  const key = asked.key === undefined ? undefined : publicKey(textOf(asked.key));
  const outside = tenant === undefined ? undefined : (syncId: string) => outsideTokenOf(tenant, syncId);
  const verdict = checkBundleText(textOf(file === '-' ? 0 : file), { key, outside });
  if (asked.json) json(verdict);
  else lines(inLines(verdict));
  if (!verdict.good) process.exitCode = 1;
}

/** What a bundle says of itself is only said, as long as something of it is wrong. */
const inLines = ({ good, about, checked, fault, unsigned }: Verdict): string[] => [
  ...(about ? [good ? aboutInWords(about) : `It says that it is about ${aboutInWords(about)}`] : []),
  ...checked.map((line) => `good: ${line}`),
  fault ? `WRONG: ${fault}` : unsigned ? `NOT SIGNED YET: ${unsigned}` : 'This evidence is good.',
];

function textOf(file: string | 0): string {
  try {
    return fileText(readFileSync(file), file === 0 ? 'stdin' : file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`, {
      cause: error,
    });
  }
}
