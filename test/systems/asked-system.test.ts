import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedSystem } from '#systems/asked-system.ts';
import { manifest } from '#systems/manifest.ts';

const folder = join(import.meta.dirname, '../../systems');
const systems = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const asked = systems.filter(({ adapter }) => !adapter);

describe('a system outside of syncs', () => {
  it('is the clearinghouse or the eligibility service', () => {
    expect(asked.map(({ name }) => name)).toEqual(['clearinghouse', 'eligibility']);
  });

  it.each(asked)('is read without the schema as with it: $name', (json) => {
    expect(askedSystem(json)).toEqual(manifest.parse(json));
  });

  it.each(asked)('has the schema’s defaults where its manifest is silent: $name', (json) => {
    const { timeoutMs: _, maxBytes: __, private: ___, ...bare } = json;
    expect(askedSystem(bare)).toEqual(manifest.parse(bare));
  });

  it('is not a system that takes part in syncs, whose manifest the schema checks', () => {
    for (const json of systems.filter(({ adapter }) => adapter))
      expect(() => askedSystem(json)).toThrow('takes part in syncs');
  });
});
