import { mortalServer } from './mortal-server.ts';

type Mortal = { kill(): Promise<void>; revive(): Promise<void> };

/**
 * Kills and revives systems over HTTP (`POST /kill/debit`, `POST /revive/debit`), because a dead
 * system answers no call. It listens on this machine only.
 */
export const serveSwitchboard = (systems: Record<string, Mortal>) =>
  mortalServer(async (request, response) => {
    const [, verb = '', name = ''] = (request.url ?? '').split('/');
    const system = systems[name];
    const known = request.method === 'POST' && system && (verb === 'kill' || verb === 'revive');
    if (known) await system[verb as 'kill' | 'revive']();
    response.writeHead(known ? 204 : 404).end();
  }, '127.0.0.1');
