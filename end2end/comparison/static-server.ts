// Serves the build of a client-rendered app as well as a server can: from memory, compressed beforehand.
//
// Invariant: what has a hash in its name may be kept for good, the document is asked for again each time; every address
// without a file's ending is the document's.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

export interface StaticServer {
  origin: string;
  close(): Promise<void>;
}

interface Answer {
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const compressed = new Set(['.html', '.css', '.js', '.svg']);

export async function serve(folder: string): Promise<StaticServer> {
  const answers = new Map<string, Answer>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(folder, name)).isFile()) answers.set(`/${name}`, answer(folder, name));
  }
  const document = answers.get('/index.html');
  if (!document) throw new Error(`${folder} holds no index.html`);

  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const found = answers.get(url) ?? (extname(url) ? undefined : document);
    response.writeHead(found ? 200 : 404, found?.headers).end(found?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** In brotli where it is worth it: the one client is a browser that reads it. */
function answer(folder: string, name: string): Answer {
  const content = readFileSync(join(folder, name));
  const small = compressed.has(extname(name));
  const body = small ? brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) : content;
  return {
    body,
    headers: {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-length': body.length,
      'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(small && { 'content-encoding': 'br', vary: 'accept-encoding' }),
    },
  };
}
