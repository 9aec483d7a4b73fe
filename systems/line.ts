import type * as z from 'zod';

/** The adapters that exchange files; all others speak HTTP. */
const bringFiles = ['fixed-width-sftp'];

/** The secrets that an SFTP login may need. */
const logins = ['host-key', 'user', 'password', 'private-key'];
/** The request headers that every call sets by itself, or that would change how it is framed. */
const ours = [
  ...['accept', 'accept-encoding', 'content-type', 'content-length', 'content-encoding', 'idempotency-key'],
  ...['host', 'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect'],
];

type Claims = {
  adapter?: string | undefined;
  calls: Record<
    string,
    {
      method?: string | undefined;
      path?: string | undefined;
      body?: unknown;
      answer?: object | undefined;
      batch?: object | undefined;
    }
  >;
  batch?: { by: string } | undefined;
  file?: object | undefined;
  secrets: Record<string, string>;
};

/**
 * Checks the line of a system: over HTTP a method and a path for each call; for files a layout, a
 * login and a pinned host key.
 */
export function line({ adapter, calls, batch, file, secrets }: Claims, context: z.RefinementCtx): void {
  const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const takesFiles = bringFiles.includes(adapter ?? '');
  if (takesFiles !== (file !== undefined))
    wrong(
      ['file'],
      takesFiles
        ? `'${adapter}' needs the layout of its files`
        : 'Only an adapter that brings files has a layout',
    );
  for (const [name, call] of Object.entries(calls))
    for (const claim of ['method', 'path', 'body', 'answer', 'batch'] as const) {
      if (takesFiles && call[claim] !== undefined)
        wrong(
          ['calls', name, claim],
          'A call of a system that takes files has a time limit, and nothing else',
        );
      if (!takesFiles && call[claim] === undefined && (claim === 'method' || claim === 'path'))
        wrong(['calls', name, claim], 'A call over HTTP needs it');
    }
  const unsent = Object.keys(secrets).find((name) =>
    takesFiles ? !logins.includes(name) : ours.includes(name),
  );
  if (unsent)
    wrong(
      ['secrets', unsent],
      takesFiles
        ? `Nothing sends this secret: a login has ${logins.join(', ')}`
        : 'Nothing sends this secret: the header of this name is set by Lockstep',
    );
  if (!takesFiles) return;
  if (batch?.by !== 'whole')
    wrong(['batch', 'by'], "Files are made of items: who takes them takes a batch 'whole'");
  if (!secrets['host-key'])
    wrong(
      ['secrets', 'host-key'],
      'Needs the name of the secret that holds the fingerprint of its host key (SHA256:…)',
    );
  if (!secrets.password && !secrets['private-key'])
    wrong(['secrets', 'password'], 'Needs a password, or a private-key');
}
