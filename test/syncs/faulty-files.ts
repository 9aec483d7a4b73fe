import { Unreached } from '#lib/outside/outside.ts';
import type { Ask, Phase, RemoteFiles } from '#systems/protocol.ts';
import type { Garbling, Going } from './faulty-wire.ts';
import { misread } from './file-office.ts';
import { officeOf, type Reach } from './scripted-offices.ts';

type Use<T> = (files: RemoteFiles) => Promise<T>;

/** A session with the mainframe's folder, and every way in which it can go. */
export function fileLine<T>(
  ask: Ask,
  phase: Phase | 'query',
  use: Use<T>,
  { files: office }: Reach,
): Going<T> {
  const { system, outsideToken, notAfter } = ask;
  const act = () => use(office.files);
  return {
    place: `${officeOf(system.name)}.${phase}`,
    notAfter,
    limitMs: system.calls[phase]?.timeoutMs ?? system.timeoutMs,
    act,
    refused: () => office.refusing(phase, outsideToken, act),
    failed: () => use(refusing(office.files)),
    garbled: (how) => use(misread(office.files, garblings[how])),
    /** Changes leave in time and land late; nothing is sent after them. */
    async late(_, later) {
      await use(slow(office.files, later)).catch((error: unknown) => {
        if (!(error instanceof Unreached)) throw error;
      });
    },
  };
}

const garblings: Record<Exclude<Garbling, 'too late'>, (text: Buffer) => Buffer> = {
  'a page of HTML': () => Buffer.from('<!doctype html><title>Welcome</title>\n'),
  'a cut answer': (text) => text.subarray(0, -3),
  "another's id": (text) =>
    Buffer.from(text.toString('latin1').replace(/[0-9a-f]{32}/, '0'.repeat(32)), 'latin1'),
};

/** A server on which nothing can be changed. */
const refusing = (files: RemoteFiles): RemoteFiles => {
  const refused = async () => Promise.reject(new Unreached('file-refused'));
  return { ...files, write: refused, rename: refused, remove: refused };
};

function slow(files: RemoteFiles, later: (land: () => Promise<unknown>) => void): RemoteFiles {
  let isOver = false;
  const lost = async <A>(land: () => Promise<A>): Promise<never> => {
    if (!isOver) later(land);
    isOver = true;
    throw new Unreached('time-limit');
  };
  return {
    ...files,
    async write(path, bytes, from) {
      const sent = await Array.fromAsync(bytes);
      return lost(() => files.write(path, sent, from));
    },
    rename: (path, to) => lost(() => files.rename(path, to)),
    remove: (path) => lost(() => files.remove(path)),
  };
}
