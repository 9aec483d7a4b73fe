import { describe, expect, it } from 'vitest';
import { doorsIn } from '#infra/read/doors.ts';
import { routesOf } from '#infra/read/routes.ts';
import { treeWith } from './synth.ts';

const doorOf = (file: string) => {
  const [door] = doorsIn(treeWith({ [file]: '' })).filter((each) => each.file === file);
  const { entry, name, file: _, ...said } = door!;
  return said;
};
const routes = (...files: string[]) =>
  routesOf(doorsIn(treeWith(Object.fromEntries(files.map((file) => [`functions/${file}.ts`, ''])))))
    .map(({ method, path, door }) => `${method} ${path} ← ${door.name}`)
    .sort();

describe('the file name of a door', () => {
  it.each([
    [
      'functions/api/v1/slots.get.ts',
      { kind: 'route', area: 'api', version: 1, method: 'GET', path: '/api/v1/slots' },
    ],
    [
      'functions/api/v12/slots.[slotId].put.ts',
      { kind: 'route', area: 'api', version: 12, method: 'PUT', path: '/api/v12/slots/{slotId}' },
    ],
    [
      'functions/hooks/v1/clearinghouse.post.ts',
      { kind: 'route', area: 'hooks', version: 1, method: 'POST', path: '/hooks/v1/clearinghouse' },
    ],
    [
      'functions/ops/v1/tickets.[id].delete.ts',
      { kind: 'route', area: 'ops', version: 1, method: 'DELETE', path: '/ops/v1/tickets/{id}' },
    ],
    [
      'functions/api/v1/openapi_json.get.ts',
      { kind: 'route', area: 'api', version: 1, method: 'GET', path: '/api/v1/openapi.json' },
    ],
    [
      'functions/api/docs.get.ts',
      { kind: 'route', area: 'api', version: 0, method: 'GET', path: '/api/docs' },
    ],
    ['functions/api/not-found.ts', { kind: 'greedy' }],
    ['functions/jobs/payment.settle.ts', { kind: 'job', type: 'payment.settle' }],
    ['functions/subscribers/slot/keep-board.ts', { kind: 'subscriber', hears: { prefix: 'slot.' } }],
    ['functions/subscribers/slot.reserved/tell.ts', { kind: 'subscriber', hears: { type: 'slot.reserved' } }],
    ['functions/subscribers/all/log.ts', { kind: 'subscriber', hears: {} }],
    ['functions/subscribers/aws.states/bring-back.ts', { kind: 'subscriber', hears: { aws: 'states' } }],
    ['functions/streams/relay.ts', { kind: 'stream' }],
    ['functions/saga/prepare.ts', { kind: 'saga', phase: 'prepare' }],
    ['functions/saga/park.ts', { kind: 'saga', phase: 'park' }],
    ['functions/saga/continue.ts', { kind: 'saga', phase: 'continue' }],
    ['functions/adapters/fixed-width-sftp.ts', { kind: 'adapter', adapter: 'fixed-width-sftp' }],
    ['functions/schedules/every-1-hour.sweep.ts', { kind: 'schedule', every: 1, unit: 'hour' }],
    ['functions/schedules/every-5-minutes.sweep.ts', { kind: 'schedule', every: 5, unit: 'minute' }],
  ])('%s declares its trigger', (file, said) => {
    expect(doorOf(file)).toEqual(said);
  });

  it.each([
    'functions/api/v1/slots.ts',
    'functions/api/v1/slots.fetch.ts',
    'functions/api/v1/nested/slots.get.ts',
    'functions/api/v1/Slots.get.ts',
    'functions/api/v0/slots.get.ts',
    'functions/api/slots.get.ts',
    'functions/api/docs.post.ts',
    'functions/api/v1/a_b_c.get.ts',
    'functions/api/v1/_json.get.ts',
    'functions/jobs/settle.ts',
    'functions/jobs/README.md',
    'functions/subscribers/keep-board.ts',
    'functions/subscribers/aws.health/notify.ts',
    'functions/saga/abort.ts',
    'functions/adapters/rest.v2.ts',
    'functions/adapters/rest/post.ts',
    'functions/streams/other.ts',
    'functions/schedules/sweep.ts',
    'functions/schedules/every-1-minutes.sweep.ts',
    'functions/schedules/every-5-minute.sweep.ts',
    'functions/cron/sweep.ts',
    'functions/handler.ts',
  ])('is refused when it declares no trigger: %s', (file) => {
    expect(() => doorsIn(treeWith({ [file]: '' }))).toThrow(file);
  });

  it('must name a parameter the same in all routes, because API Gateway allows one name per position', () => {
    const tree = treeWith({
      'functions/api/v1/slots.[slotId].get.ts': '',
      'functions/api/v2/slots.[id].put.ts': '',
    });
    expect(() => doorsIn(tree)).toThrow(
      'functions/api/v2/slots.[id].put.ts: {id} is called {slotId} in functions/api/v1/slots.[slotId].get.ts',
    );
  });
});

describe('an API version', () => {
  it('defines its differences, and takes every other route from the version before', () => {
    expect(routes('api/v1/a.get', 'api/v1/b.get', 'api/v2/b.get', 'api/v3/c.get')).toEqual([
      'GET /api/v1/a ← api/v1/a.get',
      'GET /api/v1/b ← api/v1/b.get',
      'GET /api/v2/a ← api/v1/a.get',
      'GET /api/v2/b ← api/v2/b.get',
      'GET /api/v3/a ← api/v1/a.get',
      'GET /api/v3/b ← api/v2/b.get',
      'GET /api/v3/c ← api/v3/c.get',
    ]);
  });

  it('counts for its own area only', () => {
    expect(routes('api/v2/a.get', 'hooks/v1/b.post')).toEqual([
      'GET /api/v2/a ← api/v2/a.get',
      'POST /hooks/v1/b ← hooks/v1/b.post',
    ]);
  });

  it('must follow the one before it', () => {
    expect(() => routes('api/v1/a.get', 'api/v3/b.get')).toThrow(
      'functions/api/v3: there is no v2 for it to differ from',
    );
  });
});
