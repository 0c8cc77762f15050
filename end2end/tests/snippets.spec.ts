// The settings that the local ProConnect offers for other stacks, run as they are: Node with openid-client, Django
// with Authlib.
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { HttpBrowser } from '../clients/browser.ts';
import { startFederation, type Federation } from '../clients/federation.ts';
import { fillSnippet, snippetPath, type SnippetValues } from '../fixtures/snippet.ts';

const run = promisify(execFile);
const here = import.meta.dirname;
const origin = 'https://service.test';

/** Where `make setup` puts the Python packages. */
const packages = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'proconnect-rs', 'tools', 'python');

const algorithms = [
  { id_token_alg: 'RS256', userinfo_alg: 'RS256' },
  { id_token_alg: 'ES256', userinfo_alg: 'ES256' },
  { id_token_alg: 'RS256', userinfo_alg: '' },
];
const services = algorithms.map((algorithm) => ({
  ...algorithm,
  client_id: randomUUID(),
  client_secret_placeholder: randomBytes(32).toString('hex'),
  redirect_uri: `${origin}/callback`,
  post_logout_redirect_uri: `${origin}/out`,
  scopes: 'openid given_name usual_name email uid siret idp_id roles organization_label',
}));

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation(
    services.map((service) => ({
      name: 'Snippets',
      client_id: service.client_id,
      client_secret: service.client_secret_placeholder,
      redirect_uris: [service.redirect_uri],
      post_logout_redirect_uris: [service.post_logout_redirect_uri],
      scopes: service.scopes.split(' '),
      id_token_signed_response_alg: service.id_token_alg,
      ...(service.userinfo_alg && { userinfo_signed_response_alg: service.userinfo_alg }),
      type: 'private',
    })),
  );
});

test.afterAll(() => federation.stop());

for (const service of services) {
  const kinds = `id_token ${service.id_token_alg}, userinfo ${service.userinfo_alg || 'JSON'}`;
  const values = (): SnippetValues => ({ ...service, issuer: federation.issuer });

  test(`Node with openid-client: ${kinds}`, async () => {
    const snippet = await load(fillSnippet('openid-client', values()));
    const session: Session = {};
    const browser = new HttpBrowser(origin);

    const page = await browser.open(await snippet.login(session, { login_hint: 'test@fia1.fr' }));
    const back = await browser.submit(page, {});
    await snippet.callback(session, back.url);
    expect(session.user).toMatchObject({ email: 'test@fia1.fr', idp_id: 'fia1' });

    const out = await browser.open(snippet.logout(session));
    expect(out.url.href).toBe(`${service.post_logout_redirect_uri}?state=${session.logout}`);
  });

  test(`Django with Authlib: ${kinds}`, async () => {
    if (!existsSync(packages)) throw new Error(`${packages} is missing: run make setup`);
    const program = join(here, '..', 'clients', 'django', 'sign_in.py');

    const { stdout } = await run('python3', [program, snippetPath('django'), JSON.stringify(values())], {
      env: { PATH: process.env.PATH, PYTHONPATH: packages },
      timeout: 20_000,
    });

    expect(stdout).toBe('ok\n');
  });
}

interface Session {
  user?: Record<string, unknown>;
  logout?: string;
}

/** What the openid-client snippet exports. */
interface Snippet {
  login(session: Session, params: Record<string, string>): Promise<URL>;
  callback(session: Session, url: URL): Promise<void>;
  logout(session: Session): URL;
}

/** Imports a module by its text, from a folder where it finds the packages that it names. */
async function load(text: string): Promise<Snippet> {
  const folder = mkdtempSync(join(here, '..', 'node_modules', '.snippet-'));
  try {
    const path = join(folder, 'proconnect.mjs');
    writeFileSync(path, text);
    return (await import(pathToFileURL(path).href)) as Snippet;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
