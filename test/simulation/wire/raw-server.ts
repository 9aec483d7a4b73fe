import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One request as its bytes say it, on which connection and in which place there. */
export type RawRequest = {
  connection: number;
  place: number;
  line: string;
  headers: [name: string, value: string][];
  body: Buffer;
};

/**
 * A server that reads bytes by RFC 9112 and nothing else: a request ends where its length says, and the next one begins there.
 * What is no request is kept as a violation, and its connection ends.
 */
export async function serveRaw(answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}') {
  const seen: { requests: RawRequest[]; violations: string[] } = { requests: [], violations: [] };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = connections++;
    let [held, place] = [Buffer.alloc(0), 0];
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      try {
        for (let found = requestIn(held); found; found = requestIn(held)) {
          held = held.subarray(found.end);
          seen.requests.push({ connection, place: place++, ...found.request });
          socket.write(answer);
        }
      } catch (error) {
        seen.violations.push((error as Error).message);
        socket.destroy();
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<unknown>((done) => {
        server.close(done);
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The request at the begin of these bytes; undefined while it is not whole. */
function requestIn(
  bytes: Buffer,
): { request: Omit<RawRequest, 'connection' | 'place'>; end: number } | undefined {
  if (bytes.length === 0) return undefined;
  const verb = bytes.subarray(0, 8).toString('latin1');
  if (!/^[A-Z]{3,7}( |$)/.test(verb))
    throw new Error(`these bytes begin no request: ${JSON.stringify(verb)}`);
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const [line = '', ...fields] = bytes.subarray(0, head).toString('latin1').split('\r\n');
  const headers = fields.map((field): [string, string] => {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(field) ?? [];
    if (!name) throw new Error(`this is no header: ${JSON.stringify(field)}`);
    return [name.toLowerCase(), value];
  });
  const lengths = headers.flatMap(([name, value]) => (name === 'content-length' ? [value] : []));
  if (headers.some(([name]) => name === 'transfer-encoding')) throw new Error(`${line} is sent in chunks`);
  if (lengths.length > 1 || !/^\d*$/.test(lengths[0] ?? ''))
    throw new Error(`${line} has lengths ${lengths}`);
  const end = head + 4 + Number(lengths[0] ?? 0);
  return bytes.length < end
    ? undefined
    : { request: { line, headers, body: bytes.subarray(head + 4, end) }, end };
}
