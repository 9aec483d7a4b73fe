import type { CheckLine } from './claims.ts';

/** The secrets that an SFTP login may need. */
const logins = ['host-key', 'user', 'password', 'private-key'];

/** For files: a layout, a login and a pinned host key. */
export const checkSftp: CheckLine = ({ adapter, calls, batch, file, secrets }, wrong) => {
  if (file === undefined) wrong(['file'], `'${adapter}' needs the layout of its files`);
  for (const [name, call] of Object.entries(calls))
    for (const claim of ['method', 'path', 'body', 'answer', 'batch'] as const)
      if (call[claim] !== undefined)
        wrong(
          ['calls', name, claim],
          'A call of a system that takes files has a time limit, and nothing else',
        );
  const unsent = Object.keys(secrets).find((name) => !logins.includes(name));
  if (unsent) wrong(['secrets', unsent], `No call sends this secret: a login has ${logins.join(', ')}`);
  if (batch?.by !== 'whole')
    wrong(['batch', 'by'], "Files are made of items: a system that takes files takes a batch 'whole'");
  if (!secrets['host-key'])
    wrong(
      ['secrets', 'host-key'],
      'Needs the name of the secret that holds the fingerprint of its host key (SHA256:…)',
    );
  if (!secrets.password && !secrets['private-key'])
    wrong(['secrets', 'password'], 'Needs a password, or a private-key');
};
