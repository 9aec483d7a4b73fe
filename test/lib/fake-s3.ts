import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Stored = Map<string, { version: string; bytes: Buffer }[]>;
/** How an answer with a body is broken off: after so many bytes, with an error or silently. */
type Break = { after: number; how: 'closed' | 'silent' };

/**
 * The part of S3 that the product uses, on a free port: versions, ranges, and PUTs by presigned
 * URLs. Answers can be broken off.
 */
export async function fakeS3() {
  const stored: Stored = new Map();
  const asked: {
    method: string;
    path: string;
    range?: string | undefined;
    headers: IncomingMessage['headers'];
  }[] = [];
  const breaks: Break[] = [];

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://s3');
    asked.push({
      method: request.method ?? '',
      path: request.url ?? '',
      range: request.headers.range,
      headers: request.headers,
    });
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const versions = stored.get(url.pathname) ?? [];
    if (request.method === 'PUT') {
      const version = `v${versions.length + 1}`;
      stored.set(url.pathname, [...versions, { version, bytes: Buffer.concat(pieces) }]);
      response.writeHead(200, { 'x-amz-version-id': version }).end();
      return;
    }
    const wanted = url.searchParams.get('versionId');
    const found = wanted ? versions.find(({ version }) => version === wanted) : versions.at(-1);
    if (!found) {
      const code = wanted ? 'NoSuchVersion' : 'NoSuchKey';
      response
        .writeHead(404, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`);
      return;
    }
    answer(
      response,
      found,
      Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0),
      breaks.shift(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  const at = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  return { at, asked, close, breakOff: (...next: Break[]) => void breaks.push(...next) };
}

function answer(
  response: ServerResponse,
  { version, bytes }: { version: string; bytes: Buffer },
  from: number,
  broken?: Break,
) {
  const body = bytes.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length, 'x-amz-version-id': version });
  if (!broken) response.end(body);
  else response.write(body.subarray(0, broken.after), () => broken.how === 'closed' && response.destroy());
}
