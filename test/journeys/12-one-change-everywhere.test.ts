import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newPublisher, offices } from './served-offices.ts';

describe('a change in three systems', () => {
  it('is committed in all of them, once, and one token undoes it everywhere', async () => {
    const { emit, comes, states, publisher } = await newPublisher();
    const id = randomUUID();
    const answer = await emit(id.replaceAll('-', '').toUpperCase());
    expect(answer).toMatchObject({ status: 202, body: { sync_id: id, rollback_token: id, grade: 'B' } });
    const again = await emit(id);
    expect(again.text).toBe(answer.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await comes(id, 'committed');
    expect(await states(id)).toEqual(['committed', 'committed', 'committed']);

    const undone = await publisher('POST', `/api/v1/rollbacks/${id}`);
    expect(undone.status).toBe(202);
    expect((await publisher('POST', `/api/v1/rollbacks/${id}`)).text).toBe(undone.text);
    await comes(id, 'undone');
    expect(await states(id)).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
  });

  it('is committed in none of them when one refuses', async () => {
    const { emit, comes, states } = await newPublisher();
    const id = randomUUID();
    await offices.tell('dashboard', { call: 'prepare', behaviour: 'refuse' });
    await emit(id);
    const sync = await comes(id, 'rolled_back');
    expect(sync.decision).toMatchObject({ to: 'abort', reason: expect.stringContaining('dashboard') });
    const left = await states(id);
    expect(left.filter((state) => state === 'committed' || state === 'reserved')).toEqual([]);
  });
});
