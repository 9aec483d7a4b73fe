import { expect } from 'vitest';
import { type Office, openOffice } from './open-office.ts';

/** An office with an order to misbehave in its next commit, or in another call. */
export const misbehavingOffice = async (
  behaviour: string,
  { name = 'debit', call = 'commit', ...rest }: { name?: Office; call?: string; delayMs?: number } = {},
) => {
  const office = await openOffice(name);
  expect(await office.misbehave({ call, behaviour, ...rest })).toMatchObject({ status: 200 });
  return office;
};
