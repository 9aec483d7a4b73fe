import { expect } from 'vitest';
import { type Office, openOffice } from './open-office.ts';

/** An office that was told to do this with its next commit, or with another call. */
export const told = async (
  behaviour: string,
  { name = 'debit', call = 'commit', ...rest }: { name?: Office; call?: string; delayMs?: number } = {},
) => {
  const office = await openOffice(name);
  expect(await office.told({ call, behaviour, ...rest })).toMatchObject({ status: 200 });
  return office;
};
