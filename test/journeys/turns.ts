import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What journeys misbehave, pause, kill or count, and so must have to themselves: the two systems of a reservation, or the offices
 * of a sync. Those that tell an office only what to do with syncs of their own share the offices. All others run at the same time.
 */
const users = {
  reservations: ['02', '03', '04', '05', '06', '07', '09', '10', '11', '22'],
  offices: ['12', '13', '16', '21', '22'],
  'offices shared': ['14', '15', '17', '19', '20'],
};
export type Need = keyof typeof users;

/** What a file of journeys needs. */
export const neededBy = (file: string): Need[] => {
  const [, number = ''] = /(\d\d)-[^/]*\.test\.ts$/.exec(file) ?? [];
  return (Object.keys(users) as Need[]).filter((name) => users[name].includes(number));
};

/** Whether two needs are of one system, and one of them alone. */
const collide = (one: string, other: string) =>
  one.split(' ')[0] === other.split(' ')[0] && !(one === other && one.endsWith(' shared'));

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
      if (running.has(turn) || turn.names.some((name) => held.some((one) => collide(one, name)))) continue;
      running.add(turn);
      turn.response.flushHeaders();
    }
  };
  const server = createServer((request, response) => {
    const turn = {
      names: decodeURIComponent(request.url ?? '/')
        .slice(1)
        .split('+'),
      response,
    };
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
export async function take(url: string, names: Need[]): Promise<() => void> {
  const request = get(`${url}/${encodeURIComponent(names.join('+'))}`, { agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  return () => void response?.destroy();
}
