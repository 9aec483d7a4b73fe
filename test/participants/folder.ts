import { decodeFile } from '#lib/fixed-width/file.ts';
import type { Layout } from '#systems/layout.ts';
import type { RemoteFiles } from '#systems/protocol.ts';

type Line = (answer: {
  outsideToken: string;
  kind: string;
  sequence: string;
  count: number;
  amount_minor: number;
}) => string | undefined;

/**
 * A folder in memory with a system that takes what is renamed to `.dat`. `says` is its answer,
 * undefined for none.
 */
export function folder(layout: Layout, says: { line: Line }) {
  const stored = new Map<string, Buffer>();
  const operations: string[] = [];

  async function take(name: string): Promise<void> {
    const stem = name.slice(0, -'.dat'.length);
    const { header, totals } = await decodeFile(layout, one(stored.get(name) as Buffer), () => {});
    const {
      token: outsideToken,
      kind,
      sequence,
    } = header as {
      token: string;
      kind: string;
      sequence: string;
    };
    const line =
      stored.has(`LS-${outsideToken}.void`) && kind === 'LOAD'
        ? rejected(outsideToken, kind, 'voided')
        : says.line({ outsideToken, kind, sequence, ...totals });
    if (line === undefined) return;
    stored.set(`${stem}.rsp`, Buffer.from(line));
    stored.delete(name);
  }

  const files: RemoteFiles = {
    size: async (path) => stored.get(path)?.length,
    async read(path, from) {
      const found = stored.get(path);
      return found && one(found.subarray(from));
    },
    async write(path, bytes, from = 0) {
      operations.push(`write ${path} ${from}`);
      const there = () => stored.get(path) ?? Buffer.alloc(0);
      stored.set(path, there());
      let end = from;
      for await (const chunk of bytes) {
        stored.set(
          path,
          Buffer.concat([there().subarray(0, end), chunk, there().subarray(end + chunk.length)]),
        );
        end += chunk.length;
      }
      stored.set(path, there().subarray(0, end));
    },
    async rename(path, to) {
      operations.push(`rename ${path}`);
      const found = stored.get(path);
      if (!found) return false;
      stored.set(to, found);
      stored.delete(path);
      if (to.endsWith('.dat')) await take(to);
      return true;
    },
    async remove(path) {
      operations.push(`remove ${path}`);
      return stored.delete(path);
    },
  };
  return { files, stored, operations, take, names: () => [...stored.keys()].sort() };
}

export const accepted: Line = ({ outsideToken, kind, sequence, count, amount_minor }) =>
  `token=${outsideToken} kind=${kind} status=ACCEPTED count=${count} amount_minor=${amount_minor} sequence=${sequence}\n`;

export const rejected = (outsideToken: string, kind: string, reason: string, item?: string): string =>
  `token=${outsideToken} kind=${kind} status=REJECTED reason=${reason}${item ? ` item=${item}` : ''}\n`;

async function* one(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
