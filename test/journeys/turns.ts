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

/** What a file of journeys needs, in the order in which every file takes it. */
export const neededBy = (file: string): Shared[] => {
  const [, number = ''] = /(\d\d)-[^/]*\.test\.ts$/.exec(file) ?? [];
  return (Object.keys(users) as Shared[]).filter((name) => users[name].includes(number));
};

/** Gives turns: a request for a name is answered when it is its turn, and the turn ends with its connection. */
export async function serveTurns(): Promise<{ url: string; close(): void }> {
  const queues = new Map<string, ServerResponse[]>();
  const server = createServer((request, response) => {
    const name = request.url ?? '';
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    queue.push(response);
    response.once('close', () => {
      queue.splice(queue.indexOf(response), 1);
      queue[0]?.flushHeaders();
    });
    if (queue[0] === response) response.flushHeaders();
  }).listen(0, '127.0.0.1');
  server.requestTimeout = 0;
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close().closeAllConnections() };
}

/** Waits for a turn, and answers how to end it. A process that dies has ended its own. */
export async function take(url: string, name: Shared): Promise<() => void> {
  const request = get(`${url}/${name}`, { agent: false });
  const [response]: IncomingMessage[] = await once(request, 'response');
  return () => void response?.destroy();
}
