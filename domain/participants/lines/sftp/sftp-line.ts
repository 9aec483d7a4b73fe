import { createHash } from 'node:crypto';
import type { Ask, Line, SentRequest } from '#domain/participants/line.ts';
import { shortDigest } from '#domain/participants/wire-digests.ts';
import type { SftpOutside } from '#lib/outside/sftp.ts';
import type { Phase, RemoteFiles } from '#systems/protocol.ts';
import { fileNames } from './file-names.ts';

/** `sftp` keeps a session open for as long as `use` runs. */
export type FileCalls = {
  sftp: <T>(ask: Ask, phase: Phase | 'query', use: (files: RemoteFiles) => Promise<T>) => Promise<T>;
};

/**
 * Files in a system's folder, one session for each phase with its time limit in the manifest.
 * Digests are of every step in order, with the bytes written and read.
 */
export const sftpLine: Line<SftpOutside, FileCalls> = {
  call: (outside) => ({
    sftp: ({ system, notAfter }, phase, use) =>
      outside({ system, timeoutMs: system.calls[phase]?.timeoutMs ?? system.timeoutMs, notAfter }, use),
  }),
  digest: ({ sftp }, note) => ({
    sftp: (ask, phase, use) =>
      sftp(ask, phase, async (folder) => {
        const [sent, got] = [createHash('sha256'), createHash('sha256')];
        try {
          return await use(
            listening(
              folder,
              (step) => void sent.update(step),
              (step) => void got.update(step),
            ),
          );
        } finally {
          note(ask.key, { request: shortDigest(sent), response: shortDigest(got) });
        }
      }),
  }),
  preview: fileSteps,
};

/** The steps on each file. */
function fileSteps({ outsideToken, batch }: Ask, phase: Phase): SentRequest {
  const { part, dat, void: tombstone } = fileNames(outsideToken.replaceAll('-', ''), 'LOAD');
  if (phase === 'commit') return { method: 'RENAME', path: `${part} ${dat}` };
  if (phase === 'rollback') return { method: 'WRITE', path: tombstone };
  return {
    method: 'WRITE',
    path: part,
    ...(batch && { body: { count: batch.count, amount_minor: batch.amount_minor } }),
  };
}

type Hears = (step: string | Uint8Array) => void;

function listening(folder: RemoteFiles, sent: Hears, got: Hears): RemoteFiles {
  async function* through(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, hears: Hears) {
    for await (const piece of bytes) {
      hears(piece);
      yield piece;
    }
  }
  const step = async <T>(name: string, done: Promise<T>): Promise<T> => {
    sent(`${name}\n`);
    const result = await done;
    got(`${name} ${String(result ?? 'none')}\n`);
    return result;
  };
  return {
    size: (path) => step(`size ${path}`, folder.size(path)),
    rename: (path, to) => step(`rename ${path} ${to}`, folder.rename(path, to)),
    remove: (path) => step(`remove ${path}`, folder.remove(path)),
    write: (path, bytes, from) => {
      sent(`write ${path} from ${from ?? 0}\n`);
      return folder.write(path, through(bytes, sent), from);
    },
    async read(path, from) {
      sent(`read ${path} from ${from ?? 0}\n`);
      const bytes = await folder.read(path, from);
      return bytes && through(bytes, got);
    },
  };
}
