import { describe, expect, it } from 'vitest';
import { everyImport, inRooms } from './house-rooms.ts';
import { files } from './infra/files.ts';

/**
 * Room → the rooms that it may import. A room that is not listed (test, bench) may import
 * everything.
 */
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
const arrowsOf = (found: { file: { path: string }; specifier: string }[]) =>
  found.map(({ file, specifier }) => `${file.path} → ${specifier}`);

describe('the house', () => {
  it('imports in one direction: functions → wiring → domain → lib, and events from everywhere', () => {
    const wrong = everyImport(files).filter(({ file, specifier }) => {
      const to = roomOf(specifier);
      const allowed = arrows[file.room];
      return to && to !== file.room && allowed && !allowed.includes(to) && !allowed.includes(specifier);
    });
    expect(arrowsOf(wrong)).toEqual([]);
  });

  it('lets infra import types, the private addresses and the JSON reader of lib, the manifest of systems, and the catalogue of events', () => {
    const wrong = everyImport(inRooms('infra')).filter(
      ({ specifier, typeOnly }) =>
        ['lib', 'systems', 'events'].includes(roomOf(specifier) ?? '') &&
        !(roomOf(specifier) === 'lib' && typeOnly) &&
        !readByInfra.includes(specifier),
    );
    expect(arrowsOf(wrong)).toEqual([]);
  });

  it('has no import by ../, and each import of its own files carries the ending', () => {
    const ours = everyImport(files).filter(({ specifier }) => /^[.#]/.test(specifier));
    expect(
      arrowsOf(ours.filter(({ specifier }) => specifier.includes('../') || !/\.(ts|json)$/.test(specifier))),
    ).toEqual([]);
  });
});
