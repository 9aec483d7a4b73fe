import { describe, expect, it } from 'vitest';
import { callerOf } from '#examples/labs/caller.ts';
import { described, eventually, lockstep, newName, running, withoutKey } from './running-lockstep.ts';

describe('a key and a slot', () => {
  it('the command line issues a tenant’s first keys, a scheduler makes a slot, and a booker sees it', async () => {
    const tenant = newName();
    const keyOf = async (role: string) => {
      const { code, stdout, stderr } = await lockstep('keys', 'create', '--tenant', tenant, '--role', role);
      expect(stderr).toContain(`A ${role} key of ${tenant}`);
      expect(code).toBe(0);
      return stdout.trim();
    };
    const scheduler = callerOf(running.baseUrl, await keyOf('scheduler'));
    const booker = callerOf(running.baseUrl, await keyOf('booker'));

    const made = await scheduler('PUT', '/api/v1/slots/42', {
      headers: { 'If-None-Match': '*' },
      body: described,
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({ slot_id: 42, state: 'free', ...described });

    const seen = await booker('GET', '/api/v1/slots/42');
    expect(seen.status).toBe(200);
    expect(seen.text).toBe(made.text);
    expect(seen.headers.get('etag')).toBe(made.headers.get('etag'));

    const list = await eventually(
      () => booker('GET', '/api/v1/slots?available=true'),
      ({ body }) => (body.items as unknown[]).length > 0,
    );
    expect(list.body).toEqual({ items: [made.body] });
  });

  it('the command line shows a key once; the list has its id and role, never its secret', async () => {
    const tenant = newName();
    const made = await lockstep('keys', 'create', '--tenant', tenant, '--role', 'booker', '--json');
    const { id, key, ...rest } = JSON.parse(made.stdout);
    expect(rest).toEqual({ tenant, role: 'booker' });
    expect(key).toMatch(new RegExp(`^lk_${tenant}_[\\w-]{43}$`));

    const listed = await lockstep('keys', 'list', '--tenant', tenant, '--json');
    expect(JSON.parse(listed.stdout)).toEqual([{ id, role: 'booker', createdAt: expect.any(String) }]);
    expect((await lockstep('keys', 'list', '--tenant', tenant)).stdout).toContain(id);
  });

  it('a role has at most two live keys, so that one can be replaced without downtime', async () => {
    const tenant = newName();
    const create = () => lockstep('keys', 'create', '--tenant', tenant, '--role', 'booker', '--json');
    const first = await create();
    expect((await create()).code).toBe(0);
    const third = await create();
    expect(third).toMatchObject({ code: 1, stdout: '' });
    expect(third.stderr).toContain('Revoke one of the two live booker keys first.');
    expect(third.stderr).not.toContain('    at ');

    await lockstep('keys', 'revoke', '--tenant', tenant, JSON.parse(first.stdout).id);
    expect((await create()).code).toBe(0);
  });

  it('every call needs a key, except health', async () => {
    expect((await withoutKey('GET', '/api/v1/slots/42')).status).toBe(401);
    expect((await withoutKey('GET', '/api/v1/health')).status).toBe(200);
  });
});
