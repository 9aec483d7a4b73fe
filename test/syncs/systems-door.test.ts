import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { handler as systems } from '#functions/ops/v1/systems.get.ts';
import { ask } from '#test/lib/proxy-event.ts';
import { bearer, openDoors, reader } from './open-doors.ts';

/** The key of an operator is the reader's. */
let doors: Awaited<ReturnType<typeof openDoors>>;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  await doors.close();
  vi.unstubAllEnvs();
});

it('the list of systems has a version, and whoever has the newest is told that it is the newest', async () => {
  const first = await ask(systems, { headers: bearer(reader) });
  expect(first.status).toBe(200);
  expect(first.headers.etag).toMatch(/^"[\w-]{22}"$/);
  const again = await ask(systems, {
    headers: { ...bearer(reader), 'If-None-Match': first.headers.etag ?? '' },
  });
  expect([again.status, again.text]).toEqual([304, '']);
});
