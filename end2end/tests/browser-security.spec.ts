// What protects the browser: headers, cookies, and where tokens never are.
import type { Cookie, Page, Response } from '@playwright/test';
import { isOfTheFederation, type Scheme } from '../fixtures/stack.ts';
import { expect, sessionOf, test } from '../fixtures/test.ts';
import { agent, giveEmail, pressProConnect, signIn, signInAtAdministration, signOut } from '../fixtures/persona.ts';

const documents = ['/', '/connexion', '/compte', '/nowhere', '/auth/callback?state=a-state-of-nobody'];

for (const path of documents) {
  test(`F14 the headers of ${path} are strict`, async ({ page, stack }) => {
    const headers = (await page.goto(path))?.headers() ?? {};

    const policy = headers['content-security-policy'] ?? '';
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*(\*|https?:)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe(path.startsWith('/auth/callback') ? 'no-referrer' : 'same-origin');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toBeTruthy();
    expect(Boolean(headers['strict-transport-security'])).toBe(stack.scheme === 'https');
    expect(headers['set-cookie']).toBeUndefined();
  });
}

test('F12 assets with a hash are kept for ever, documents are asked for again', async ({ page, stack }) => {
  const kept = new Map<string, string>();
  page.on('response', (response) => {
    const { pathname, origin } = new URL(response.url());
    if (origin === stack.app) kept.set(pathname, response.headers()['cache-control'] ?? '');
  });
  await page.goto('/connexion', { waitUntil: 'networkidle' });

  expect(kept.get('/connexion')).toContain('no-cache');
  const program = [...kept].filter(([path]) => /\.(wasm|js)$/.test(path));
  expect(program.length).toBeGreaterThanOrEqual(2);
  for (const [path, control] of program) expect(control, path).toContain('immutable');
  expect(kept.get('/api/session')).toContain('no-store');
});

test('a missing asset is no page', async ({ page }) => {
  await page.goto('/');

  const status = await page.evaluate(async () => (await fetch('/pkg/missing-0123456789abcdef.js')).status);

  expect(status).toBe(404);
});

test('E2 cookies have exactly the attributes that their scheme allows', async ({ page, context, stack }) => {
  const https = stack.scheme === 'https';
  await page.goto('/connexion');
  expect(await context.cookies(stack.app), 'cookies before a sign-in').toEqual([]);

  await pressProConnect(page);
  const attempts = await context.cookies(stack.app).then(ofTheApp);
  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toMatchObject({ httpOnly: true, secure: https, sameSite: 'Lax' });

  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);
  await page.waitForURL(`${stack.app}/compte`);

  const cookies = await context.cookies(stack.app).then(ofTheApp);
  expect(cookies).toHaveLength(2);
  // What is left of the attempt only remembers where it led.
  const finished = cookies.find(({ name }) => name === attempts[0]?.name);
  expect(finished).toMatchObject({ httpOnly: true, secure: https, sameSite: 'Lax' });
  expect(finished?.value).not.toBe(attempts[0]?.value);
  const session = cookies.find((cookie) => cookie !== finished);
  expect(session).toMatchObject({ httpOnly: true, secure: https, sameSite: 'Strict', path: '/' });
  expect(session?.name.startsWith('__Host-')).toBe(https);
});

test('F11 no token reaches the browser', async ({ page, stack }) => {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith(stack.app)) bodies.push(bodyOf(response));
  });
  await signIn(page, stack, agent);
  await page.waitForLoadState('networkidle');

  const seen = (await Promise.all(bodies)).join('\n');
  expect(seen).toContain(agent.email); // The search looks at the right place.
  expect(seen).not.toMatch(/eyJ[\w-]{10,}\./);
  for (const kind of ['access_token', 'refresh_token', 'id_token', 'client_secret']) {
    for (const value of stack.secrets.of(kind)) expect(seen).not.toContain(value);
  }
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(stored).not.toMatch(/eyJ|token|session/i);
});

test('F6 F15 another site can neither sign a person out nor frame the app', async ({ page, context, stack, complaints }) => {
  await signIn(page, stack, agent);
  const foreign = await context.newPage();
  const site = `${stack.scheme}://foreign.example/`;
  await foreign.route(site, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${stack.app}/auth/logout"><button>Win a prize</button></form>
             <iframe src="${stack.app}/compte"></iframe>`,
    }),
  );

  await foreign.goto(site);
  await expect.poll(() => foreign.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
  const [answer] = await Promise.all([
    foreign.waitForResponse(`${stack.app}/auth/logout`),
    foreign.getByRole('button', { name: 'Win a prize' }).click(),
  ]);
  expect(answer.status()).toBe(403);
  await foreign.close();
  complaints.length = 0; // Those of the foreign site, about the refused frame.

  await page.reload();
  await expect(page.getByRole('main')).toContainText(agent.email);
  expect((await page.goto('/auth/logout'))?.status()).toBe(405);
  await page.goto('/compte');
  await expect(page.getByRole('main')).toContainText(agent.email);
});

// A test for each, since each of its forms is a page to load and a page to answer.
for (const neighbour of ['another site', 'a sibling'] as const) {
  for (const kind of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
    test(`F1 no form of ${neighbour} changes anything, as ${kind}`, async ({ page, context, stack, complaints }) => {
      await signIn(page, stack, agent);
      const app = new URL(stack.app);
      const origin = originOf(neighbour, stack.scheme);
      const foreign = await context.newPage();
      for (const field of ['<input name=\'{"id":"x","ignored":"\' value=\'"}\'>', '']) {
        for (const path of ['/api/revoke_other_sessions', '/api/refresh_identity', '/api/stay', '/api/save_note']) {
          const target = `${app.origin}${path}`;
          const form = `<form method="post" enctype="${kind}" action="${target}">${field}<button>Win</button></form>`;
          expect(await answerToForm(foreign, origin, target, form), `${field} ${path}`).toBe(403);
        }
      }
      await foreign.close();
      complaints.length = 0; // Those of the foreign pages.
      expect(await sessionOf(page)).toContain('signed_in');
    });
  }
}

test('F16 the program runs under the policy, without a single violation', async ({ page, stack }) => {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`violation of ${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  for (const path of ['/', '/connexion', '/compte', '/compte/sessions', '/espace-protege', '/en']) {
    const answer = await page.goto(path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+'/);
    await expect(page.locator('html')).toHaveAttribute('data-app', 'ready');
  }
  await signIn(page, stack, agent);
  await expect(page.locator('html')).toHaveAttribute('data-app', 'ready');
});

test('F17 signing out by the plain form is blocked nowhere on its way', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  // The program's own call fails, so that the form is sent the plain way, through every redirect.
  await page.route('**/auth/logout', (route) =>
    route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
  );

  await signOut(page);

  await expect(page).toHaveURL(`${stack.app}/deconnexion`);
  expect(await sessionOf(page)).toContain('anonymous');
});

/** The status of the answer to a form that a page of `origin` sends to `target`. */
async function answerToForm(foreign: Page, origin: string, target: string, form: string): Promise<number> {
  await foreign.route(`${origin}/`, (route) => route.fulfill({ contentType: 'text/html', body: form }), { times: 1 });
  await foreign.goto(`${origin}/`);
  const [answer] = await Promise.all([
    foreign.waitForResponse(target),
    foreign.getByRole('button', { name: 'Win' }).click(),
  ]);
  return answer.status();
}

function originOf(neighbour: 'another site' | 'a sibling', scheme: Scheme): string {
  if (neighbour === 'another site') return `${scheme}://foreign.example`;
  // Over HTTPS a host of the same site; on localhost another site altogether.
  return scheme === 'https' ? 'https://evil.service.test' : 'http://sibling.localhost:9';
}

function ofTheApp(cookies: Cookie[]): Cookie[] {
  return cookies.filter((cookie) => !isOfTheFederation(cookie));
}

async function bodyOf(response: Response): Promise<string> {
  try {
    return (await response.body()).toString('utf8');
  } catch {
    return ''; // Redirects have none.
  }
}
