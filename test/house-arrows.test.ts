import { describe, expect, it } from 'vitest';
import { everyImport, inRooms } from './house-rooms.ts';
import { files } from './infra/files.ts';

/** Room → the rooms that it may import. A room that is not here (test, bench) may import everything. */
const arrows: Record<string, string[]> = {
  functions: ['wiring', 'domain', 'events', 'lib', 'docs'],
  wiring: ['wiring', 'domain', 'events', 'lib', 'systems'],
  domain: ['domain', 'events', 'lib', 'systems'],
  events: ['events', '#lib/text.ts'],
  lib: ['lib', 'systems'],
  systems: [],
  infra: ['events', 'lib', 'systems'],
  openapi: ['openapi', 'infra', 'lib'],
  cli: ['cli', 'local', 'wiring', 'domain', 'events', 'lib'],
  local: ['local', 'examples', 'domain', 'events', 'lib'],
  examples: ['examples', 'domain', 'events', 'lib', 'systems'],
};
const readByInfra = [
  ...['#lib/outside/addresses.ts', '#lib/json/read-json.ts', '#lib/json/json-refused.ts'],
  ...['#systems/manifest.ts', '#systems/placeholders.ts', '#events/index.ts'],
];
const roomOf = (specifier: string) => /^#(\w+)\//.exec(specifier)?.[1];
const told = (found: { file: { path: string }; specifier: string }[]) =>
  found.map(({ file, specifier }) => `${file.path} → ${specifier}`);

describe('the house', () => {
  it('lets imports go one way: functions → wiring → domain → lib, with events as words for all', () => {
    const wrong = everyImport(files).filter(({ file, specifier }) => {
      const to = roomOf(specifier);
      const allowed = arrows[file.room];
      return to && to !== file.room && allowed && !allowed.includes(to) && !allowed.includes(specifier);
    });
    expect(told(wrong)).toEqual([]);
  });

  it('lets infra know lib by its types, its list of private addresses and its reader of JSON, of systems nothing but the manifest, and of events their catalogue', () => {
    const wrong = everyImport(inRooms('infra')).filter(
      ({ specifier, typeOnly }) =>
        ['lib', 'systems', 'events'].includes(roomOf(specifier) ?? '') &&
        !(roomOf(specifier) === 'lib' && typeOnly) &&
        !readByInfra.includes(specifier),
    );
    expect(told(wrong)).toEqual([]);
  });

  it('has no import that climbs, and names every file of ours with its ending', () => {
    const ours = everyImport(files).filter(({ specifier }) => /^[.#]/.test(specifier));
    expect(
      told(ours.filter(({ specifier }) => specifier.includes('../') || !/\.(ts|json)$/.test(specifier))),
    ).toEqual([]);
  });
});
