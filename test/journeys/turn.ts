import { afterAll, beforeAll, expect, inject } from 'vitest';
import { neededBy, take } from './turns.ts';

/** Before each file of journeys: it waits until it has what it needs to itself, and gives it back at its end. */
const longestMs = 7_200_000;
let end: (() => void) | undefined;
beforeAll(async () => {
  const names = neededBy(expect.getState().testPath ?? '');
  if (names.length > 0) end = await take(inject('turns'), names);
}, longestMs);
afterAll(() => end?.());
