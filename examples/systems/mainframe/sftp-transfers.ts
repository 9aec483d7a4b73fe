import type { Content } from './content.ts';
import type { Handle } from './handles.ts';
import type { Told } from './orders.ts';
import { attributes, fileAt } from './sftp-paths.ts';
import type { Served } from './sftp-session.ts';
import { mode, status } from './turn.ts';

type OpenFile = Extract<Handle, { content: Content }>;
const atOnce = ['refuse', 'fail', 'hang', 'late', 'drop-before', 'die'];
/**
 * Misbehaviours that show on opening, and so have no effect; all others show on reading, or on
 * closing after a write.
 */
const atOpening = (told: Told | undefined) => (told && atOnce.includes(told.behaviour) ? told : undefined);
const afterwards = (told: Told | undefined) => (atOpening(told) ? undefined : told);

/** Transfers of files: open, read or write in parts at any offset, close. */
export function transfers(served: Served): void {
  const { sftp, open, turn } = served;
  opening(served);
  closing(served);
  sftp.on('READ', (id, name, offset, length) => {
    const file = open.file(name);
    if (!file) return sftp.status(id, status.FAILURE);
    turn(id, afterwards(file.told), () => {
      const end = file.told?.behaviour === 'cut' ? Math.floor(file.content.size() / 2) : file.content.size();
      const part = file.content.read(offset, Math.max(0, Math.min(length, end - offset)));
      return () => (part.length === 0 ? sftp.status(id, status.EOF) : sftp.data(id, part));
    });
  });
  sftp.on('WRITE', (id, name, offset, data) => {
    const file = open.file(name);
    if (!file?.writes) return sftp.status(id, status.FAILURE);
    const isFull = file.told?.behaviour === 'full';
    file.content.write(offset, isFull ? data.subarray(0, data.length / 2) : data);
    sftp.status(id, isFull ? status.FAILURE : status.OK);
  });
  sftp.on('FSTAT', (id, name) => {
    const file = open.file(name);
    if (!file) return sftp.status(id, status.FAILURE);
    sftp.attrs(id, attributes(file.content.size()));
  });
  sftp.on('FSETSTAT', (id, name, attrs: { size?: number }) => {
    const file = open.file(name);
    if (file?.writes && attrs.size !== undefined) file.content.truncate(attrs.size);
    sftp.status(id, file ? status.OK : status.FAILURE);
  });
}

function opening({ sftp, mainframe: { folder }, open, ordered, turn }: Served) {
  sftp.on('OPEN', (id, path, flags) => {
    const file = fileAt(path);
    if (file === undefined) return sftp.status(id, status.PERMISSION_DENIED);
    const writes = Boolean(flags & mode.WRITE);
    const told = ordered(writes ? 'write' : 'read', file);
    turn(id, atOpening(told), () => {
      const there = folder.get(file);
      if (!there && !(flags & mode.CREAT)) return () => sftp.status(id, status.NO_SUCH_FILE);
      if (there && flags & mode.EXCL) return () => sftp.status(id, status.FAILURE);
      const content = there ?? folder.opened(file);
      if (flags & mode.TRUNC) content.truncate(0);
      const handle = open.add({ path: file, content, writes, told });
      return () => sftp.handle(id, handle);
    });
  });
}

function closing({ sftp, mainframe: { intake }, open, turn }: Served) {
  sftp.on('CLOSE', (id, name) => {
    const file = open.file(name);
    turn(id, file?.writes ? afterwards(file.told) : undefined, () => {
      const closed = open.close(name);
      if (file) written(file);
      if (file?.writes) void intake.take(file.path);
      return () => sftp.status(id, closed ? status.OK : status.FAILURE);
    });
  });
}

function written({ writes, content, told }: OpenFile) {
  if (writes && told?.behaviour === 'cut') content.truncate(Math.floor((content.size() * 2) / 3));
}
