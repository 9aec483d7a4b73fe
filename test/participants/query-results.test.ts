import { describe, expect, it } from 'vitest';
import { queryResultFrom } from '#domain/participants/http/votes.ts';
import type { Reply } from '#systems/protocol.ts';
import { answer, asked, order, outsideToken } from './answers-by-manifest.ts';

describe('the result of a query', () => {
  const means = {
    HELD: 'prepared',
    DONE: 'committed',
    BACK: 'rolled-back',
    NONE: 'absent',
    BUSY: 'ongoing',
    OK: 'yes',
  };
  const stood = (status: number, body: unknown) =>
    queryResultFrom({ status, body } as Reply, asked({ ...answer, means }));

  it.each(Object.entries(means).filter(([word]) => word !== 'OK'))(
    'is the meaning of the manifest’s word: %s means %s',
    (word, stands) => {
      expect(stood(200, order(word))).toEqual({ stands });
    },
  );

  it('is absent for a 404 or 410 that names the token', () => {
    for (const status of [404, 410])
      expect(stood(status, { order: { id: outsideToken }, error: 'not-found' })).toEqual({
        stands: 'absent',
      });
    expect(stood(404, { status: 404, error: 'Not Found' })).toMatchObject({ stands: 'unknown' });
  });

  it.each<[string, number, unknown]>([
    ['a word of another call', 200, order('OK')],
    ['a word that is not listed', 200, order('toString')],
    ["another's token", 200, { order: { id: 'other', word: 'DONE' } }],
    ['an error inside', 200, { ...order('DONE'), error: 'x' }],
    ['a refusal', 422, { error: 'declined' }],
    ['a 404 page', 404, undefined],
    ['a refused credential', 401, order('DONE')],
  ])('is unknown for %s', (_, status, body) => {
    expect(stood(status, body)).toEqual({ stands: 'unknown', reason: expect.any(String) });
  });
});
