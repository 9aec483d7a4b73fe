import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { checkBundle } from '#domain/evidence/check-bundle.ts';
import { publicKey } from '#domain/evidence/check-checkpoint.ts';
import { json, lines } from './terminal.ts';

type Asked = { key?: string; json?: boolean };

/** `verify BUNDLE`: needs the file and nothing else, no network and no account. An exit code of 1 means that something is wrong, and the last line says what. */
export function addVerify(program: Command): void {
  program
    .command('verify <bundle>')
    .description('check a bundle of evidence (- reads stdin): rows, checkpoint, signature, results, item')
    .option(
      '--key <public.pem>',
      'the public key that you have by yourself; without it the one in the bundle is taken, and its fingerprint shown',
    )
    .option('--json', 'JSON on stdout')
    .allowExcessArguments(false)
    .action((file: string, asked: Asked) => verify(file, asked));
}

function verify(file: string, asked: Asked): void {
  const key = asked.key === undefined ? undefined : publicKey(readFileSync(asked.key, 'utf8'));
  const verdict = checkBundle(parsed(readFileSync(file === '-' ? 0 : file, 'utf8')), { key });
  if (asked.json) json(verdict);
  else lines([...verdict.checked.map((line) => `good: ${line}`), verdict.fault ? `WRONG: ${verdict.fault}` : 'This evidence is good.']);
  if (!verdict.good) process.exitCode = 1;
}

/** What is no JSON is no bundle, and is said so by the check. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
