import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What journeys misbehave, pause, kill or count, and so must have to themselves: the two systems of a reservation, or the offices
 * of a sync. Files that need neither, or another one, run at the same time.
 */
export type Shared = 'reservations' | 'offices';
const users: Record<Shared, string[]> = {
  reservations: ['02', '03', '04', '05', '06', '07', '09', '10', '11', '22'],
  offices: ['12', '13', '14', '15', '16', '17', '19', '20', '21', '22'],
};

/** What a file of journeys needs. */
export const neededBy = (file: string): Shared[] => {
  const [, number = ''] = /(\d\d)-[^/]*\.test\.ts$/.exec(file) ?? [];
  return (Object.keys(users) as Shared[]).filter((name) => users[name].includes(number));
};

type Turn = { names: string[]; response: ServerResponse };

/**
 * Gives turns: a request is answered once all that its path names is free, and the turn ends with its connection. Whoever needs two
 * holds none while waiting.
 */
export async function serveTurns(): Promise<{ url: string; close(): void }> {
  const turns: Turn[] = [];
  const running = new Set<Turn>();
  const grant = () => {
    for (const turn of turns) {
      const held = [...running].flatMap(({ names }) => names);
      if (running.has(turn) || turn.names.some((name) => held.includes(name))) continue;
      running.add(turn);
      turn.response.flushHeaders();
    }
  };
  const server = createServer((request, response) => {
    const turn = { names: (request.url ?? '/').slice(1).split('+'), response };
    turns.push(turn);
    response.once('close', () => {
      turns.splice(turns.indexOf(turn), 1);
      running.delete(turn);
      grant();
    });
    grant();
  }).listen(0, '127.0.0.1');
  server.requestTimeout = 0;
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close().closeAllConnections() };
}

/** Waits for a turn, and answers how to end it. A process that dies has ended its own. */
export async function take(url: string, names: Shared[]): Promise<() => void> {
  const request = get(`${url}/${names.join('+')}`, { agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  return () => void response?.destroy();
}
