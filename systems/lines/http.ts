import type { CheckLine } from './claims.ts';

/** The request headers that every call sets by itself, or that would change how it is framed. */
const ours = [
  ...['accept', 'accept-encoding', 'content-type', 'content-length', 'content-encoding', 'idempotency-key'],
  ...['host', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect'],
];

/** Over HTTP: a method and a path for each call. */
export const checkHttp: CheckLine = ({ calls, file, secrets }, wrong) => {
  if (file !== undefined) wrong(['file'], 'Only an adapter that exchanges files has a layout');
  for (const [name, call] of Object.entries(calls))
    for (const claim of ['method', 'path'] as const)
      if (call[claim] === undefined) wrong(['calls', name, claim], 'A call over HTTP needs it');
  const unsent = Object.keys(secrets).find((name) => ours.includes(name));
  if (unsent)
    wrong(['secrets', unsent], 'No call sends this secret: Lockstep sets the header of this name itself');
};
