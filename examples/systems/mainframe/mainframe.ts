import { setTimeout as wait } from 'node:timers/promises';
import { controlPanelOf } from '#examples/systems/control-panel.ts';
import { mortalServer } from '#examples/systems/mortal-server.ts';
import { bodyOf, invalid, send } from '#examples/systems/wire.ts';
import type { Clock } from '#lib/clock.ts';
import type { Layout } from '#systems/layout.ts';
import { type Mainframe, mainframeFiles } from './files.ts';
import { serveSftp } from './sftp-server.ts';
import { sftpSession } from './sftp-session.ts';

type Site = { clock: Clock; layout: Layout; host?: string; user?: string; password?: string };

/**
 * A mainframe that takes fixed-width files over SFTP, as a real server. Beside it an HTTP desk for
 * tests: its books, and `/control`, which orders its misbehaviour. A kill ends both; files and
 * books survive, and complete files are taken after the restart.
 */
export async function serveMainframe({
  clock,
  layout,
  host = '127.0.0.1',
  user = 'lockstep',
  password = 'cheques-demo-password',
}: Site) {
  let over = new AbortController();
  const kill = async () => {
    over.abort();
    await Promise.all([sftp.kill(), desk.kill()]);
  };
  const die = () => void kill();
  const pause = (ms: number) => wait(ms, undefined, { signal: over.signal });
  const mainframe = mainframeFiles({
    clock,
    layout,
    machine: { isAlive: () => !over.signal.aborted, die, pause },
  });
  const sftp = await serveSftp({
    ...{ host, user, password, die },
    told: () => mainframe.told('connect', ''),
    session: (session, line) => sftpSession(mainframe, session, line),
  });
  const desk = await serveDesk(mainframe, host);
  const endpoint = `sftp://${host}:${sftp.port}/in`;
  const revive = async () => {
    if (over.signal.aborted) over = new AbortController();
    await Promise.all([sftp.revive(), desk.revive()]);
    void mainframe.intake.sweep();
  };
  // `endpoint`, like the address of every other stand-in.
  return {
    url: desk.url,
    sftp: endpoint,
    endpoint,
    hostKey: sftp.hostKey,
    user,
    password,
    kill,
    revive,
    close: kill,
  };
}

function serveDesk({ books, folder, arrivals, orders }: Mainframe, host: string) {
  const pages = {
    '/books/items/{token}/{id}': ({ token = '', id = '' }) => books.item(token, id),
    '/sequences': () => ({ sequences: books.sequences() }),
    '/files': () => ({ files: folder.names() }),
  };
  const desk = controlPanelOf({ entries: books.entries, arrivals, orders, pages });
  return mortalServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://mainframe');
      const said = desk({ method: request.method, pathname, body: await bodyOf(request) });
      send(response, said ? { status: 200, ...said } : { status: 404, body: { error: 'no-such-path' } });
    } catch (error) {
      send(response, invalid(error) ?? { status: 500, body: { error: 'failed' } });
    }
  }, host);
}
