import type { RemoteFiles } from '#systems/protocol.ts';

/**
 * A session that pauses before its nth operation until `goOn`. `isPaused`: it has come that far.
 */
export function pausedBefore(files: RemoteFiles, step: number) {
  const [reached, gate] = [Promise.withResolvers<true>(), Promise.withResolvers<void>()];
  let done = 0;
  const before = async <T>(act: () => Promise<T>): Promise<T> => {
    done += 1;
    if (done === step) {
      reached.resolve(true);
      await gate.promise;
    }
    return act();
  };
  const paused: RemoteFiles = {
    size: (path) => before(() => files.size(path)),
    read: (path, from) => before(() => files.read(path, from)),
    write: (path, bytes, from) => before(() => files.write(path, bytes, from)),
    rename: (path, to) => before(() => files.rename(path, to)),
    remove: (path) => before(() => files.remove(path)),
  };
  const isPaused = (session: Promise<unknown>) => Promise.race([reached.promise, session.then(() => false)]);
  return { files: paused, isPaused, goOn: () => gate.resolve() };
}
