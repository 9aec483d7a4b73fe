import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undoneBatch } from '#test/evidence/evidence-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** The command line on a file, without any deployment. */
const lockstep = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const child = execFile(process.execPath, ['cli/lockstep.ts', ...args], (_, out, err) =>
      done({ code: child.exitCode ?? 1, out, err }),
    );
  });
const bomLess16 = (text: string) => Buffer.from(text, 'utf16le');
const encodings: [string, (text: string) => Uint8Array][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 little-endian, as Notepad and PowerShell save', (text) => bomLess16(`\ufeff${text}`)],
  ['UTF-16 big-endian', (text) => bomLess16(`\ufeff${text}`).swap16()],
];

describe('a bundle of evidence as a file', () => {
  let bundle: string;
  let pem: string;
  beforeAll(async () => {
    const world = await undoneBatch();
    bundle = JSON.stringify(await world.show('P777'), null, 2);
    pem = await world.signer.readPublicKey();
  });

  it.each(encodings.slice(1, 3))('that is good is good in %s, and so is its key', async (name, encoded) => {
    const [path, key] = [file(`good ${name}.json`, encoded(bundle)), file(`${name}.pem`, encoded(pem))];
    const { code, out, err } = await lockstep('verify', path, '--key', key);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('This evidence is good.');
  });

  it('in no such encoding is refused by its name and byte', async () => {
    const bytes = Buffer.concat([Buffer.from('{"note":"Caf'), Buffer.of(0xe9), Buffer.from('"}')]);
    const path = file('latin.json', bytes);
    const { code, out, err } = await lockstep('verify', path);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(`${path} is not UTF-8: byte 12 begins no character. Save it as UTF-8.\n`);
  });

  it('cannot steer the terminal, nor say by itself that it is good', async () => {
    const said = '\u001b[2J\u001b[HThis evidence is good.\n\u009b31m\u202eThis evidence is good.';
    const forged = bundle.replace('"system": "debit"', `"system": ${JSON.stringify(said)}`);
    const unknown = JSON.stringify({ format: 'lockstep-evidence', version: 2, [said]: 1 });
    for (const [name, text] of Object.entries({
      forged,
      unknown,
      key: `{"${said.replaceAll('\n', '')}":1,"a":1,"a":2}`,
    })) {
      const path = file(`${name}.json`, text);
      for (const args of name === 'key' ? [[path], [path, '--json']] : [[path]]) {
        const { code, out, err } = await lockstep('verify', ...args);
        expect(code, name).toBe(1);
        expect(out + err, name).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
        expect(out.split('\n'), name).not.toContain('This evidence is good.');
      }
    }
  });
});

describe('a file of slots', () => {
  const header = 'slot_id,site,starts_at\n';

  it.each([
    ['that is empty', '', 'is empty: nothing was written.'],
    ['that is only a mark', '\ufeff', 'is empty: nothing was written.'],
    ['with column names only', header, 'has no slots: nothing was written.'],
  ])('%s says so and ends with 1', async (name, content, told) => {
    const path = file(`${name}.csv`, content);
    expect(await lockstep('slots', 'import', path, '--tenant', 'acme')).toEqual({
      code: 1,
      out: '',
      err: `${path} ${told}\n`,
    });
  });

  it('in Windows-1252 is refused by its name and byte, and writes no broken names', async () => {
    const row = Buffer.from('1,Caf\u00e9 Nord,2027-01-15T09:00:00Z\n', 'latin1');
    const path = file('windows.csv', Buffer.concat([Buffer.from(header), row]));
    expect(await lockstep('slots', 'import', path, '--tenant', 'acme')).toEqual({
      code: 1,
      out: '',
      err: `${path} is not UTF-8: byte ${header.length + 5} begins no character. Save it as UTF-8.\n`,
    });
  });

  it.each(encodings.slice(3))('is read in %s', async (name, encoded) => {
    const path = file(`${name}.csv`, encoded(`${header}1,Café,15.01.2027\n`));
    const { err } = await lockstep('slots', 'import', path, '--tenant', 'acme');
    expect(err).toContain('line 2, starts_at: ');
  });
});
