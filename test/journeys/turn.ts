import { afterAll, beforeAll, expect, inject } from 'vitest';
import { neededBy, take } from './turns.ts';

/** Before each file of journeys: it waits until it has what it needs to itself, and gives it back at its end. */
const held: (() => void)[] = [];
beforeAll(async () => {
  for (const name of neededBy(expect.getState().testPath ?? '')) held.push(await take(inject('turns'), name));
}, 7_200_000);
afterAll(() => {
  for (const end of held.splice(0)) end();
});
