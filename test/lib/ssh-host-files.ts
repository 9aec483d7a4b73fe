import ssh2 from 'ssh2';
import type { Heard, Host } from './ssh-host.ts';

const { STATUS_CODE: status } = ssh2.utils.sftp;

/** The folder of a host, which answers as it is told to. */
export function serve(
  sftp: ssh2.SFTPWrapper,
  { absent = status.NO_SUCH_FILE, files = new Map(), lists = true }: Host,
  heard: Heard,
) {
  const nameOf = (path: string) => (path.startsWith('/in box/') ? path.slice('/in box/'.length) : undefined);
  const at = (path: string) => files.get(nameOf(path) ?? '');
  const sizeOf = (content: Buffer | number) => (typeof content === 'number' ? content : content.length);
  const attributes = (size: number) => ({ mode: 0o100600, uid: 0, gid: 0, size, atime: 0, mtime: 0 });
  const looked = (id: number, path: string) => {
    const found = at(path);
    return found === undefined ? sftp.status(id, absent) : sftp.attrs(id, attributes(sizeOf(found)));
  };
  let left: string[] | undefined;
  sftp.on('STAT', looked).on('LSTAT', looked);
  sftp.on('OPEN', (id, path, flags) => {
    if (flags & 2 && !at(path)) files.set(nameOf(path) ?? '', Buffer.alloc(0));
    return at(path) === undefined ? sftp.status(id, absent) : sftp.handle(id, Buffer.from(path));
  });
  sftp.on('FSTAT', (id, handle) => looked(id, handle.toString()));
  sftp.on('WRITE', (id, handle, offset, data) => {
    const before = at(handle.toString());
    const kept = Buffer.alloc(Math.max(sizeOf(before ?? 0), offset + data.length));
    if (Buffer.isBuffer(before)) before.copy(kept);
    data.copy(kept, offset);
    files.set(nameOf(handle.toString()) ?? '', kept);
    sftp.status(id, status.OK);
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const content = at(handle.toString()) ?? 0;
    const size = Math.max(0, Math.min(length, sizeOf(content) - offset));
    heard.read += size;
    if (size === 0) return sftp.status(id, status.EOF);
    sftp.data(
      id,
      typeof content === 'number' ? Buffer.alloc(size, '7') : content.subarray(offset, offset + size),
    );
  });
  sftp.on('REMOVE', (id, path) => sftp.status(id, files.delete(nameOf(path) ?? '') ? status.OK : absent));
  sftp.on('RENAME', (id, path, to) => {
    const found = at(path);
    if (found === undefined) return sftp.status(id, absent);
    if (at(to) !== undefined) return sftp.status(id, status.FAILURE);
    files.delete(nameOf(path) ?? '');
    files.set(nameOf(to) ?? '', found);
    sftp.status(id, status.OK);
  });
  sftp.on('OPENDIR', (id) => {
    heard.listed += 1;
    left = ['.', '..', ...files.keys()];
    return lists ? sftp.handle(id, Buffer.from('folder')) : sftp.status(id, status.PERMISSION_DENIED);
  });
  sftp.on('READDIR', (id) => {
    const some = left?.splice(0, 2) ?? [];
    if (some.length === 0) return sftp.status(id, status.EOF);
    sftp.name(
      id,
      some.map((filename) => ({ filename, longname: filename, attrs: attributes(0) })),
    );
  });
  sftp.on('CLOSE', (id) => sftp.status(id, status.OK));
}
