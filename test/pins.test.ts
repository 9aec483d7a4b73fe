import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Pin, planted } from './simulation/engine/pins.ts';
import { mutants as slots } from './simulation/slots/mutants.ts';
import { mutants as syncs } from './simulation/syncs/mutants.ts';
import { mutants as wire } from './simulation/wire/mutants.ts';
import { mutants as strict } from './strict/mutants.ts';

const checkout = join(import.meta.dirname, '..');

describe('a planted bug', () => {
  it.each([...slots, ...syncs, ...Object.values(wire).flat(), ...strict])(
    'finds each of its places exactly once: $story',
    ({ story, pins }) => {
      const files = planted(checkout, story, pins);
      expect(files.length).toBeGreaterThan(0);
    },
  );
});

describe('a pin', () => {
  const root = mkdtempSync(join(tmpdir(), 'lockstep-pins-'));
  afterAll(() => rmSync(root, { recursive: true }));
  for (const room of ['domain', 'events', 'lib', 'systems', 'wiring']) mkdirSync(join(root, room));
  const within = (text: string, ...pins: Pin[]) => {
    writeFileSync(join(root, 'domain', 'desk.ts'), text);
    return planted(root, 'a story', pins).map((file) => file.text);
  };
  const open: Pin = { in: 'open', code: 'call(a, b)', by: 'call(b, a)' };

  it('holds however its place is formatted or commented', () => {
    const text = 'export const open = () =>\n  call(\n    a, // the first\n    b,\n  );\n';
    expect(within(text, open)).toEqual(['export const open = () =>\n  call(b, a);\n']);
  });

  it('is limited to the declaration of its name', () => {
    const text = 'const shut = () => call(a, b);\nexport function open() { return call(a, b); }\n';
    expect(within(text, open)).toEqual([
      'const shut = () => call(a, b);\nexport function open() { return call(b, a); }\n',
    ]);
  });

  it('changes part of a string, also of a template', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the text of a program
    const text = 'const open = (a) => `#v < :v AND ${a}`;';
    expect(within(text, { in: 'open', text: '#v < :v', by: '#v = :v' })).toEqual([
      'const open = (a) => `#v = :v AND ${a}`;',
    ]);
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is the text of a program
  });

  it('throws where its place is missing, or occurs twice', () => {
    expect(() => within('export const open = () => call(a);', open)).toThrow('is there 0 times');
    expect(() => within('export const other = 1;', open)).toThrow('is there 0 times');
    expect(() => within('const open = [call(a, b), call(a, b)];', open)).toThrow('is there 2 times');
  });

  it('can change several places of one file', () => {
    const second: Pin = { in: 'open', code: 'return', by: 'await 0; return' };
    expect(within('async function open() { return call(a, b); }', open, second)).toEqual([
      'async function open() { await 0; return call(b, a); }',
    ]);
  });
});
