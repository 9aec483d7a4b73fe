import { describe, expect, it } from 'vitest';
import { type Office, offices, openOffice } from './open-office.ts';

const names = Object.keys(offices) as Office[];
const [canUndo, canBeAsked] = [
  names.filter((name) => offices[name].manifest.calls.rollback),
  names.filter((name) => offices[name].manifest.calls.query),
];
const meaning = (name: Office, call: string, word: string) =>
  offices[name].manifest.calls[call]?.answer?.means?.[word];
const statusOf = (answer: string) => answer.split(' ')[1]!;

describe.each(names)('%s', (name) => {
  it('prepares and commits through its manifest, in the manifest’s words', async () => {
    const office = await openOffice(name);
    const answers = [await office.ask('prepare'), await office.ask('commit')];
    expect(answers).toEqual([expect.stringMatching(/^200 /), expect.stringMatching(/^200 /)]);
    expect(meaning(name, 'commit', statusOf(answers[1]!))).toBe('yes');
    expect(await (await office.raw('commit')).json()).toMatchObject({ event_id: 't' });
    expect(await office.effects()).toMatchObject({ commit: name === 'letters' ? 2 : 1 });
    expect((await office.books()).arrivals).toMatchObject(
      ['prepare', 'commit', 'commit'].map((call) => ({ call, key: 't' })),
    );
  });

  it('refuses an invalid call and names the field', async () => {
    const office = await openOffice(name);
    const path = offices[name].manifest.calls.prepare!.path!;
    const whole = { event_id: 't', state: 'OH', delta_usd: 25 };
    for (const [field, value] of [
      ['event_id'],
      ['state', ''],
      ['delta_usd', '25'],
      ['not_after', 'soon'],
      ['tip', 3],
    ] as const)
      expect(await office.post(path, { ...whole, [field]: value })).toEqual({
        status: 400,
        body: { error: 'invalid', field },
      });
    expect(await office.books()).toEqual({ entries: [], arrivals: [] });
  });

  it(name === 'gazette' ? 'ignores not_after' : 'refuses a call past its not_after', async () => {
    const office = await openOffice(name);
    const path = offices[name].manifest.calls.prepare!.path!;
    const late = await office.post(path, {
      event_id: 't',
      state: 'OH',
      delta_usd: 25,
      not_after: '2020-01-01T00:00:00Z',
    });
    expect(late).toMatchObject(
      name === 'gazette' ? { status: 200 } : { status: 409, body: { error: 'too-late' } },
    );
  });
});

it.each(canUndo)('%s rolls a commit back once, and refuses it afterwards', async (name) => {
  const office = await openOffice(name);
  await office.ask('prepare');
  await office.ask('commit');
  const answers = [await office.ask('rollback'), await office.ask('rollback')];
  for (const answer of answers) expect(meaning(name, 'rollback', statusOf(answer))).toBe('yes');
  expect(await office.effects()).toMatchObject({ commit: 1, rollback: 1, release: 0 });
  expect(await office.ask('commit')).toBe('409 rolled-back');
});

it.each(canUndo)(
  '%s keeps a tombstone for a call that never came, and refuses the late original',
  async (name) => {
    const office = await openOffice(name);
    expect(await office.ask('rollback')).toBe('404 not-found');
    expect(await office.ask('prepare')).toBe('409 rolled-back');
    expect(await office.ask('commit')).toBe('409 rolled-back');
  },
);

it.each(canBeAsked)('%s answers a query with the state of a token', async (name) => {
  const office = await openOffice(name);
  const stands = async (token?: string) => {
    const answer = await office.ask('query', token ? { token } : {});
    return meaning(name, 'query', statusOf(answer)) ?? answer;
  };
  const looks = offices[name].manifest.capabilities.prepare === 'dry-run';
  expect(await stands()).toBe('404 not-found');
  await office.ask('prepare');
  expect(await stands()).toBe(looks ? '404 not-found' : 'prepared');
  await office.ask('commit');
  expect(await stands()).toBe('committed');
  await office.ask('rollback');
  expect(await stands()).toBe('rolled-back');
  expect(await stands('a/b?')).toBe('404 not-found');
});

it.each(['vault', 'dashboard'] as const)('%s refuses to commit without a hold', async (name) => {
  const office = await openOffice(name);
  expect(await office.ask('commit')).toBe('409 unknown-hold');
  expect(await office.effects()).toMatchObject({ commit: 0 });
});
