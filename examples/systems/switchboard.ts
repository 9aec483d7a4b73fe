import { mortalServer } from './mortal-server.ts';

type Mortal = { kill(): Promise<void>; revive(): Promise<void> };

/** Kills and revives systems over HTTP, since a dead one cannot be spoken to: `POST /kill/debit`, `POST /revive/debit`. Listens on this machine only. */
export const serveSwitchboard = (systems: Record<string, Mortal>) =>
  mortalServer(async (request, response) => {
    const [, verb = '', name = ''] = (request.url ?? '').split('/');
    const system = systems[name];
    const known = request.method === 'POST' && system && (verb === 'kill' || verb === 'revive');
    if (known) await system[verb as 'kill' | 'revive']();
    response.writeHead(known ? 204 : 404).end();
  }, '127.0.0.1');
