// The same program against a provider that is not ours, configured by environment alone; and a provider
// that is not there.
import { expect, type Page } from '@playwright/test';
import { ForeignProvider, person, scopes, type IdTokenAlg, type UserinfoAlg } from '../foreign/provider.ts';
import { freePorts } from '../fixtures/ports.ts';
import { signOut } from '../fixtures/persona.ts';
import { startStack, type Stack } from '../fixtures/stack.ts';
import { observe, sessionOf, testWithoutStack as test } from '../fixtures/test.ts';

interface Scene {
  provider: ForeignProvider;
  stack: Stack;
  close(): Promise<void>;
}

/** A server that knows the foreign provider, which is not started yet. */
async function prepare(idTokenAlg: IdTokenAlg, userinfoAlg: UserinfoAlg): Promise<Scene> {
  const [app = 0, port = 0] = await freePorts(2);
  const service = `http://localhost:${app}`;
  const provider = new ForeignProvider({ port, service, idTokenAlg, userinfoAlg });
  const stack = await startStack({
    cold: true,
    environment: {
      APP_LISTEN: `127.0.0.1:${app}`,
      APP_PUBLIC_URL: service,
      PROCONNECT_ISSUER: provider.issuer,
      PROCONNECT_CLIENT_ID: provider.clientId,
      PROCONNECT_CLIENT_SECRET: provider.clientSecret,
      PROCONNECT_ID_TOKEN_ALG: idTokenAlg,
      PROCONNECT_USERINFO_ALG: userinfoAlg,
      PROCONNECT_SCOPES: scopes,
    },
  });
  stack.app = service;
  stack.secrets.add('client_secret', provider.clientSecret);
  const close = async () => {
    await stack.close();
    await provider.stop();
  };
  return { provider, stack, close };
}

async function pressButton(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.app}/connexion`);
  await page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' }).click();
}

const variants: [IdTokenAlg, UserinfoAlg][] = [
  ['RS256', 'RS256'],
  ['ES256', 'ES256'],
  ['RS256', 'none'],
];

for (const [idTokenAlg, userinfoAlg] of variants) {
  test(`signs in and out with ${idTokenAlg} tokens and userinfo ${userinfoAlg}`, async ({ page, context, complaints }) => {
    const { provider, stack, close } = await prepare(idTokenAlg, userinfoAlg);
    try {
      observe(context, stack, complaints);
      await provider.start();
      await stack.server.start();

      await pressButton(page, stack);
      await page.getByRole('button', { name: 'Log in' }).click();
      await expect(page).toHaveURL(`${stack.app}/compte`);
      const main = page.getByRole('main');
      await expect(main).toContainText(person.given_name);
      await expect(main).toContainText(person.usual_name);
      await expect(main).toContainText(person.email);
      await expect(main).toContainText('130 025 265 00013');

      await signOut(page);
      await page.getByRole('button', { name: 'Log out' }).click();
      await expect(page).toHaveURL(`${stack.app}/deconnexion`);
      expect(stack.secrets.foundIn(stack.server.log)).toEqual([]);
    } finally {
      await close();
    }
  });
}

test('a token signed with another algorithm than the configured one is refused', async ({ page }) => {
  const { provider, stack, close } = await prepare('RS256', 'RS256');
  const other = new ForeignProvider({
    port: Number(new URL(provider.issuer).port),
    service: stack.app,
    idTokenAlg: 'ES256',
    userinfoAlg: 'RS256',
  });
  try {
    await other.start();
    await stack.server.start();
    await pressButton(page, stack);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(`${stack.app}/auth/callback`)),
      page.getByRole('button', { name: 'Log in' }).click(),
    ]);

    expect(answer.status()).toBe(502);
    await expect(page.getByTestId('problem-code')).toBeVisible();
  } finally {
    await other.stop();
    await close();
  }
});

test('a provider that is down at start stops nothing, and its return is noticed', async ({ page }) => {
  const { provider, stack, close } = await prepare('RS256', 'RS256');
  try {
    await stack.server.start('/livez');
    expect((await fetch(`${stack.app}/readyz`)).status).toBe(503);

    const answer = await page.goto(`${stack.app}/auth/login?return_to=%2Fcompte`);
    expect(answer?.status()).toBe(503);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page.getByTestId('problem-code')).toBeVisible();

    await provider.start();
    await expect(async () => {
      await page.goto(`${stack.app}/auth/login?return_to=%2Fcompte`);
      await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 25_000 });
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('main')).toContainText(person.usual_name);
  } finally {
    await close();
  }
});

test('a provider that goes down during a sign-in gives a readable page, and no session', async ({ page }) => {
  const { provider, stack, close } = await prepare('RS256', 'RS256');
  try {
    await provider.start();
    await stack.server.start();
    await pressButton(page, stack);
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();

    // The browser still gets its answer; the server's own call then finds nobody.
    provider.hangUpOn = '/token';
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(`${stack.app}/auth/callback`)),
      page.getByRole('button', { name: 'Log in' }).click(),
    ]);

    expect(answer.status()).toBe(503);
    await expect(page.getByTestId('problem-code')).toBeVisible();
    await expect(page.getByRole('main').locator('a[href^="/auth/login"]').first()).toBeVisible();
    expect(await sessionOf(page)).toContain('anonymous');
  } finally {
    await close();
  }
});
