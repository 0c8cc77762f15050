// What protects the browser: headers, cookies, and where tokens never are.
import type { Cookie, Response } from '@playwright/test';
import { isOfTheFederation } from '../fixtures/stack.ts';
import { expect, test } from '../fixtures/test.ts';
import { agent, giveEmail, pressProConnect, signIn, signInAtAdministration } from '../fixtures/persona.ts';

const documents = ['/', '/connexion', '/compte', '/nowhere', '/auth/callback?state=a-state-of-nobody'];

for (const path of documents) {
  test(`the headers of ${path} are strict`, async ({ page, stack }) => {
    const headers = (await page.goto(path))?.headers() ?? {};

    const policy = headers['content-security-policy'] ?? '';
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*(\*|https?:)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toMatch(/^(no-referrer|same-origin|strict-origin-when-cross-origin)$/);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toBeTruthy();
    expect(Boolean(headers['strict-transport-security'])).toBe(stack.scheme === 'https');
    expect(headers['set-cookie']).toBeUndefined();
  });
}

test('assets with a hash are kept for ever, documents are asked for again', async ({ page, stack }) => {
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

test('cookies have exactly the attributes that their scheme allows', async ({ page, context, stack }) => {
  const https = stack.scheme === 'https';
  await page.goto('/connexion');
  expect(await context.cookies(stack.app), 'cookies before a sign-in').toEqual([]);

  await pressProConnect(page);
  const [attempt, ...others] = await context.cookies(stack.app).then(ofTheApp);
  expect(others).toEqual([]);
  expect(attempt).toMatchObject({ httpOnly: true, secure: https, sameSite: 'Lax' });

  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);
  await page.waitForURL(`${stack.app}/compte`);

  const [session, ...more] = await context.cookies(stack.app).then(ofTheApp);
  expect(more, 'the cookie of the attempt is gone').toEqual([]);
  expect(session).toMatchObject({ httpOnly: true, secure: https, sameSite: 'Strict', path: '/' });
  expect(session?.name.startsWith('__Host-')).toBe(https);
});

test('no token reaches the browser', async ({ page, stack }) => {
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

test('another site can neither sign a person out nor frame the app', async ({ page, context, stack }) => {
  await signIn(page, stack, agent);

  // The demo administration stands for a foreign site; on plain localhost for a sibling of the same site.
  const foreign = await context.newPage();
  await foreign.goto(`${stack.demo}/livez`);
  const sent = await foreign.evaluate(async (url) => {
    const answer = await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include' });
    return answer.type;
  }, `${stack.app}/auth/logout`).catch(() => 'blocked');
  expect(['opaque', 'blocked']).toContain(sent);
  await foreign.close();

  await page.reload();
  await expect(page.getByRole('main')).toContainText(agent.email);
  expect((await page.goto('/auth/logout'))?.status()).toBe(405);
  await page.goto('/compte');
  await expect(page.getByRole('main')).toContainText(agent.email);
});

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
