import type { fileExchangeOn } from '#domain/participants/files/exchange.ts';
import { mainframeFiles } from '#examples/systems/mainframe/files.ts';
import { fileOf, named } from '#examples/systems/mainframe/names.ts';
import type { Clock } from '#lib/clock.ts';
import type { Layout } from '#systems/layout.ts';
import type { Adapter, Phase, RemoteFiles } from '#systems/protocol.ts';

const untouched = { prepare: 0, commit: 0, rollback: 0, release: 0 };

/** The mainframe with its folder and books, without a network. */
export function fileOffice({ clock, layout }: { clock: Clock; layout: Layout }) {
  const { files, folder, books, orders } = mainframeFiles({ layout, clock });
  const has = (key: string, ending: 'part' | 'dat' | 'rsp' | 'void') =>
    folder.get(fileOf({ token: hexOf(key), kind: 'LOAD' }, ending)) !== undefined;
  /** A written file that can still be handed over counts as reserved. */
  const isHeld = (key: string) => has(key, 'part') && !has(key, 'void');
  const stateOf = (key: string) => {
    const state = books.query(key);
    return state === 'absent' && isHeld(key) ? 'reserved' : state;
  };

  return {
    files,
    books: {
      query: stateOf,
      entries: () => {
        const known = books.entries();
        const tokens = folder.names().flatMap((file) => named(file)?.key ?? []);
        const unknown = [...new Set(tokens)].filter((key) => known.every(({ token }) => token !== key));
        const blank = unknown.map((token) => ({
          token,
          effects: { ...untouched },
          items: { count: 0, amount_minor: 0 },
        }));
        return [...known, ...blank].map(({ token, effects, items }) => ({
          token,
          effects,
          items,
          state: stateOf(token),
        }));
      },
      total: () => books.entries().reduce((sum, { items }) => sum + items.amount_minor, 0) / 100,
      item: books.item,
    },
    /**
     * Refuses, unless the file is processed already. A file in writing cannot be refused, so the
     * answer is there before it.
     */
    async refusing<T>(phase: Phase | 'query', key: string, session: () => Promise<T>): Promise<T> {
      if (phase === 'prepare' && !has(key, 'dat') && !has(key, 'rsp')) {
        const token = hexOf(key);
        folder
          .opened(fileOf({ token, kind: 'LOAD' }, 'rsp'))
          .write(0, Buffer.from(`token=${token} kind=LOAD status=REJECTED reason=declined\n`));
      }
      orders.give({ call: 'process', behaviour: 'refuse', times: 9 });
      return session().finally(() => orders.clear());
    },
  };
}

const hexOf = (key: string): string => key.replaceAll('-', '');

/** The product's file adapter, on the test's clock. */
export const fileAdapter = (files: ReturnType<typeof fileExchangeOn>): Adapter => ({
  prepare: (ask, { sftp }) => sftp(ask, 'prepare', (folder) => files.prepare(ask, folder)),
  commit: (ask, { sftp }) => sftp(ask, 'commit', (folder) => files.commit(ask, folder)),
  rollback: (ask, { sftp }) => sftp(ask, 'rollback', (folder) => files.rollback(ask, folder)),
  query: (ask, { sftp }) => sftp(ask, 'query', (folder) => files.query(ask, folder)),
});

/** The same folder, with other file contents. */
export const misread = (files: RemoteFiles, how: (text: Buffer) => Buffer): RemoteFiles => ({
  ...files,
  async read(path, from) {
    const chunks = await files.read(path, from);
    return chunks && changed(chunks, how);
  },
});

async function* changed(
  chunks: AsyncIterable<Uint8Array>,
  how: (text: Buffer) => Buffer,
): AsyncGenerator<Uint8Array> {
  yield how(Buffer.concat(await Array.fromAsync(chunks)));
}
