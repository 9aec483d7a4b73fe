import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemsIn } from '#infra/read/endpoints.ts';

type Files = Record<string, string | Uint8Array>;
export const whole = (json: unknown) => `${JSON.stringify(json, null, 2)}\n`;
export const utf16 = (text: string) =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** What a deploy says of these files beside the adapters; undefined if it takes them. */
export function refusal(
  files: Files,
  { context = {}, env = {} }: { context?: unknown; env?: NodeJS.ProcessEnv } = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-systems-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const folder of ['systems', 'functions/adapters']) mkdirSync(join(root, folder), { recursive: true });
  for (const adapter of ['rest', 'fixed-width-sftp'])
    writeFileSync(join(root, `functions/adapters/${adapter}.ts`), '');
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const node = { tryGetContext: (name: string) => (name === 'systems' ? context : undefined) } as never;
  try {
    systemsIn(root, node, { ENDPOINT_DEBIT: 'https://debit', ENDPOINT_CHEQUES: 'sftp://cheques/in', ...env });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
export const refusalOf = (manifest: string | Uint8Array) => refusal({ 'systems/debit.json': manifest });
/** The line of the first place of this text, from 1. */
export const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
