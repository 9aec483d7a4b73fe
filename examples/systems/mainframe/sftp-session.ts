import type { SFTPWrapper } from 'ssh2';
import type { Mainframe } from './files.ts';
import { handles } from './handles.ts';
import { named } from './names.ts';
import type { Call, Told } from './orders.ts';
import { absolute, attributes, fileAt, isFolder } from './sftp-paths.ts';
import type { Line } from './sftp-server.ts';
import { transfers } from './sftp-transfers.ts';
import { perform, status, type Turn } from './turn.ts';

/** One session, as its handlers see it. */
export type Served = {
  sftp: SFTPWrapper;
  mainframe: Mainframe;
  open: ReturnType<typeof handles>;
  /** The order for this call about this file. */
  ordered: (call: Call, file: string) => Told | undefined;
  turn: (id: number, told: Told | undefined, act: Turn['act']) => void;
};

/** SFTP version 3 (draft-ietf-secsh-filexfer-02) over the mainframe's folder, which is `/in`. */
export function sftpSession(mainframe: Mainframe, sftp: SFTPWrapper, line: Line): void {
  const ordered = (call: Call, file: string) => mainframe.told(call, named(file)?.key ?? file);
  const turn: Served['turn'] = (id, told, act) => {
    // An error after the end of the server has no caller.
    perform(told, { act, answer: (code) => sftp.status(id, code), ...line }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  };
  const served = { sftp, mainframe, open: handles(), ordered, turn };
  sftp.on('error', line.drop);
  transfers(served);
  looks(served);
  moves(served);
  listings(served);
}

function looks({ sftp, mainframe: { folder: files }, ordered, turn }: Served) {
  const look = (id: number, path: string) => {
    if (isFolder(path)) return sftp.attrs(id, attributes(0, true));
    const file = fileAt(path);
    turn(id, ordered('size', file ?? path), () => {
      const found = file === undefined ? undefined : files.get(file);
      return () => (found ? sftp.attrs(id, attributes(found.size())) : sftp.status(id, status.NO_SUCH_FILE));
    });
  };
  sftp.on('STAT', look).on('LSTAT', look);
  sftp.on('SETSTAT', (id, path) =>
    sftp.status(id, files.get(fileAt(path) ?? '') ? status.OK : status.NO_SUCH_FILE),
  );
  sftp.on('REALPATH', (id, path) => {
    const filename = absolute(path);
    sftp.name(id, [{ filename, longname: filename, attrs: attributes(0, isFolder(path)) }]);
  });
}

function moves({ sftp, mainframe: { folder: files, intake }, ordered, turn }: Served) {
  const rename = (id: number, path: string, to: string, replaces: boolean) => {
    const [file, name] = [fileAt(path), fileAt(to)];
    if (file === undefined || name === undefined) return sftp.status(id, status.NO_SUCH_FILE);
    const told = ordered('rename', file);
    turn(id, told, () => {
      if (!files.get(file)) return () => sftp.status(id, status.NO_SUCH_FILE);
      if (files.get(name) && !replaces) return () => sftp.status(id, status.FAILURE);
      if (told?.behaviour === 'lose') files.remove(file);
      else if (files.rename(file, name)) void intake.take(name);
      return () => sftp.status(id, status.OK);
    });
  };
  sftp.on('RENAME', (id, path, to) => rename(id, path, to, false));
  sftp.on('EXTENDED', (id, name, data) => {
    const [path, to] = name === 'posix-rename@openssh.com' ? strings(data) : [];
    if (path === undefined || to === undefined) return sftp.status(id, status.OP_UNSUPPORTED);
    rename(id, path, to, true);
  });
  sftp.on('REMOVE', (id, path) => {
    const file = fileAt(path);
    turn(id, ordered('remove', file ?? path), () => {
      const removed = file !== undefined && files.remove(file);
      return () => sftp.status(id, removed ? status.OK : status.NO_SUCH_FILE);
    });
  });
}

/** Each string with its length in four bytes before it. */
function strings(data: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at + 4 <= data.length; at += 4 + data.readUInt32BE(at))
    found.push(data.toString('utf8', at + 4, at + 4 + data.readUInt32BE(at)));
  return found;
}

function listings({ sftp, mainframe: { folder: files }, open, ordered, turn }: Served) {
  sftp.on('OPENDIR', (id, path) => {
    if (!isFolder(path)) return sftp.status(id, status.NO_SUCH_FILE);
    turn(id, ordered('list', path), () => {
      const handle = open.add({ left: files.names() });
      return () => sftp.handle(id, handle);
    });
  });
  sftp.on('READDIR', (id, name) => {
    const listing = open.listing(name);
    if (!listing) return sftp.status(id, status.FAILURE);
    const some = listing.left.splice(0, 100);
    if (some.length === 0) return sftp.status(id, status.EOF);
    const entry = (filename: string) => {
      const size = files.get(filename)?.size() ?? 0;
      return {
        filename,
        longname: `-rw------- 1 0 0 ${size} Jan 1 1970 ${filename}`,
        attrs: attributes(size),
      };
    };
    sftp.name(id, some.map(entry));
  });
}
