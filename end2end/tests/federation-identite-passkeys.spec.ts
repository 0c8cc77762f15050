// Passkeys at ProConnect Identité, with Chromium's virtual authenticator.
import type { Page, Request } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { Authenticator, noteQuestions, questions, untilAsked } from '../fixtures/authenticator.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

const user = 'user@yopmail.com';
const service = {
  name: 'Service de test',
  client_id: '0d4f8d8c-6f0b-4d37-9f1c-5d0f1a1c9b11',
  client_secret: 'a-secret-of-at-least-thirty-two-characters',
  scopes: ['openid', 'uid', 'given_name', 'usual_name', 'email'],
  id_token_signed_response_alg: 'RS256',
  type: 'private',
};
const invalid = /Erreur : cette clé d’accès n’a pas pu être validée/;

/** All there is of the service: a page that answers. */
const callback = createServer((_, answer) => answer.end('service'));
let callbackUrl: string;
let federation: Federation;

test.beforeAll(async () => {
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
  callbackUrl = `http://localhost:${(callback.address() as AddressInfo).port}/callback`;
  federation = await startFederation([{ ...service, redirect_uris: [callbackUrl] }]);
});

test.afterAll(async () => {
  await federation.stop();
  callback.close();
});

test.beforeEach(async () => {
  await fetch(new URL('/admin/reset', federation.issuer), { method: 'POST' });
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const useKey = (page: Page) => button(page, 'Se connecter avec une clé d’accès');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

async function typeEmail(page: Page, email: string): Promise<void> {
  await page.goto(`${federation.identite}/users/start-sign-in`);
  await page.getByLabel('Email professionnel').fill(email);
  await button(page, 'Continuer').click();
}

async function typePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Mot de passe').fill(password);
  await button(page, 'S’identifier').click();
}

/** Adds a passkey to the account that is signed in. */
async function enrol(page: Page): Promise<void> {
  await page.goto(`${federation.identite}/passkey-configuration`);
  await button(page, 'Ajouter une clé d’accès').click();
  await expect(page.getByText('Votre clé d’accès a été ajoutée.')).toBeVisible();
}

/** An account with a password and a passkey, signed out. */
async function enrolled(page: Page): Promise<Authenticator> {
  const authenticator = await Authenticator.connect(page);
  await typeEmail(page, user);
  await typePassword(page, user);
  await enrol(page);
  await page.context().clearCookies();
  return authenticator;
}

async function mails(): Promise<{ subject: string; text: string }[]> {
  return (await (await fetch(`${federation.mail}/email`)).json()) as { subject: string; text: string }[];
}

/** Comes from the service, which demands a second factor. */
async function fromService(page: Page): Promise<void> {
  const acr = { essential: true, values: ['eidas0-mfa', 'eidas1-mfa', 'eidas2'] };
  const query = new URLSearchParams({
    client_id: service.client_id,
    redirect_uri: callbackUrl,
    response_type: 'code',
    scope: service.scopes.join(' '),
    state: 'a-state-of-at-least-thirty-two-characters',
    nonce: 'a-nonce-of-at-least-thirty-two-characters',
    claims: JSON.stringify({ id_token: { amr: null, acr } }),
  });
  await page.goto(`${federation.issuer}/authorize?${query}`);
  await page.getByRole('textbox', { name: /email/i }).fill(user);
  await page.getByTestId('interaction-connection-button').click();
}

/** How the service is told that the person signed in. */
async function amr(page: Page): Promise<unknown> {
  await page.waitForURL(/\/callback\?/);
  const code = new URL(page.url()).searchParams.get('code') ?? '';
  const answer = await fetch(`${federation.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: callbackUrl,
      client_id: service.client_id,
      client_secret: service.client_secret,
    }),
  });
  const { id_token: idToken } = (await answer.json()) as { id_token: string };
  const [, claims = ''] = idToken.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { amr: unknown }).amr;
}

/** Levels as production has them. */
async function asInProduction(): Promise<void> {
  const answer = await fetch(new URL('/admin/profile', federation.issuer), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profile: '2026' }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

test('a passkey is added and mailed, and signs in by itself from then on', async ({ page }) => {
  await enrolled(page);
  expect((await mails()).map(({ subject }) => subject)).toEqual(['Alerte de sécurité']);

  await fromService(page);

  expect(await amr(page)).toEqual(['pop', 'mfa']);
  await page.goto(`${federation.identite}/connection-and-account`);
  const card = page.getByRole('region', { name: /^Clé / });
  await expect(card).toContainText('Nombre d’utilisations1');
  await expect(card).not.toContainText('pas encore utilisée');
});

test('turning to the password ends the question for the passkey', async ({ page, context }) => {
  const authenticator = await enrolled(page);
  await authenticator.touched(false);
  await noteQuestions(context);
  await typeEmail(page, user);
  await untilAsked(page);

  await page.getByLabel('Mot de passe').focus();

  expect(await questions(page)).toEqual(['AbortError']);
  await typePassword(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
});

test('a passkey comes beside the password when a service demands it', async ({ page }) => {
  const authenticator = await enrolled(page);
  await authenticator.touched(false);
  await fromService(page);
  await typePassword(page, user);
  await expect(heading(page)).toHaveText('Se connecter avec la double authentification');

  await authenticator.touched(true);
  await button(page, 'Utiliser une clé d’accès').click();

  expect(await amr(page)).toEqual(['pwd', 'pop', 'mfa']);
});

test('a passkey asked for everywhere comes beside every password, until it is removed', async ({ page }) => {
  const authenticator = await enrolled(page);
  await typeEmail(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
  await page.goto(`${federation.identite}/connection-and-account`);
  await page.getByRole('radio', { name: 'Sur tous les sites' }).check();
  await button(page, 'Valider').click();
  await page.context().clearCookies();
  await authenticator.touched(false);
  await typeEmail(page, user);
  await typePassword(page, user);
  await expect(heading(page)).toHaveText('Se connecter avec la double authentification');
  await authenticator.touched(true);
  await button(page, 'Utiliser une clé d’accès').click();
  await expect(heading(page)).toHaveText('Bonjour Jean User');

  await page.goto(`${federation.identite}/connection-and-account`);
  await page.getByText(/^Supprimer la clé d’accès/).click();
  await button(page, 'Supprimer cette clé d’accès').click();
  await page.context().clearCookies();
  await typeEmail(page, user);
  await typePassword(page, user);

  await expect(heading(page)).toHaveText('Bonjour Jean User');
});

test('a service that demands a second factor has a passkey made', async ({ page }) => {
  await Authenticator.connect(page);
  await asInProduction();
  await fromService(page);
  await typePassword(page, user);
  await page.getByRole('radio', { name: /^Clé d’accès/ }).check();
  await button(page, 'Continuer').click();
  await button(page, 'Ajouter une clé d’accès').click();
  await expect(heading(page)).toHaveText('Votre double authentification est bien configurée');
  await page.getByRole('button', { name: /^Continuer/ }).click();

  expect(await amr(page)).toEqual(['pwd', 'pop', 'mfa']);
});

test('a removed passkey is mailed and opens nothing', async ({ page }) => {
  await enrolled(page);
  await typeEmail(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
  await page.goto(`${federation.identite}/connection-and-account`);
  await page.getByText(/^Supprimer la clé d’accès/).click();
  await button(page, 'Supprimer cette clé d’accès').click();

  await expect(page.getByText('Votre clé d’accès a été supprimée.')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Clé / })).toHaveCount(0);
  expect((await mails()).map(({ subject }) => subject)).toEqual(['Alerte de sécurité', 'Alerte de sécurité']);
  await page.context().clearCookies();
  await typeEmail(page, user);
  await expect(useKey(page)).toHaveCount(0);
  await typePassword(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
});

test('a page at another origin gets no passkey to sign', async ({ page }) => {
  await enrolled(page);
  const elsewhere = federation.identite.replace('localhost', '127.0.0.1');
  await page.goto(`${elsewhere}/users/start-sign-in`);
  await page.getByLabel('Email professionnel').fill(user);
  await button(page, 'Continuer').click();

  await useKey(page).click();

  await expect(page.getByRole('alert')).toContainText('ne permet pas d’utiliser une clé d’accès');
});

test('a signature for another origin is refused', async ({ page }) => {
  await enrolled(page);
  await page.route('**/users/sign-in-with-passkey', async (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '');
    const answer = JSON.parse(form.get('webauthn_authentication_response_string') ?? '') as {
      response: { clientDataJSON: string };
    };
    const said = Buffer.from(answer.response.clientDataJSON, 'base64url').toString();
    const tampered = said.replace(/"origin":"[^"]*"/, '"origin":"https://evil.test"');
    answer.response.clientDataJSON = Buffer.from(tampered).toString('base64url');
    form.set('webauthn_authentication_response_string', JSON.stringify(answer));
    await route.continue({ postData: form.toString() });
  });

  await typeEmail(page, user);

  await expect(page.getByText(invalid)).toBeVisible();
  await expect(page).toHaveTitle(/^Erreur - /);
});

test('an answer that signed in once does not sign in again', async ({ page, request }) => {
  await enrolled(page);
  const sent: Request[] = [];
  page.on('request', (asked) => {
    if (asked.method() === 'POST' && asked.url().endsWith('/sign-in-with-passkey')) sent.push(asked);
  });
  await typeEmail(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
  const [form] = sent;
  if (!form) throw new Error('no form was sent');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const data = form.postData() ?? '';

  const inSession = await page.request.post(form.url(), { data, headers });
  expect(inSession.status(), 'the form was made before the sign-in').toBe(403);
  const cookie = (await form.allHeaders()).cookie ?? '';
  const before = await request.post(form.url(), { data, headers: { ...headers, cookie }, maxRedirects: 0 });
  expect(before.headers().location, 'the session from before the sign-in is void').toBe('/users/start-sign-in');
});

test('a counter that was set back is refused', async ({ page }) => {
  const authenticator = await enrolled(page);
  const early = await authenticator.credential();
  await typeEmail(page, user);
  await expect(heading(page)).toHaveText('Bonjour Jean User');
  await page.context().clearCookies();

  await authenticator.clear();
  await authenticator.load({ ...early, signCount: early.signCount - 1 });
  await typeEmail(page, user);

  await expect(page.getByText(invalid)).toBeVisible();
});

test('two passkeys have a name each, and a device is not taken twice', async ({ page }) => {
  const authenticator = await Authenticator.connect(page);
  await typeEmail(page, user);
  await typePassword(page, user);
  await enrol(page);
  await page.goto(`${federation.identite}/passkey-configuration`);
  await button(page, 'Ajouter une clé d’accès').click();
  await expect(page.getByRole('alert')).toHaveText('Cet appareil est déjà enregistré comme clé d’accès de votre compte.');

  await authenticator.replace();
  await enrol(page);

  const names = await page.getByRole('heading', { level: 3, name: /^Clé / }).allTextContents();
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(2);
});

test('a device that does not recognise its owner is good beside a password only', async ({ page }) => {
  await Authenticator.connect(page, false);
  await typeEmail(page, user);
  await typePassword(page, user);
  await enrol(page);

  await expect(page.getByText('Second facteur uniquement')).toBeVisible();
  await page.context().clearCookies();
  await typeEmail(page, user);
  await expect(heading(page)).toHaveText('Accéder au compte');
  await expect(useKey(page)).toHaveCount(0);
});

test('a question that is turned down is told, and only if it was asked for', async ({ page, context }) => {
  const authenticator = await enrolled(page);
  await authenticator.recognises(false);
  await noteQuestions(context);
  await typeEmail(page, user);
  await untilAsked(page);
  expect(await questions(page)).toEqual(['NotAllowedError']);
  await expect(page.getByRole('alert')).toBeEmpty();

  await useKey(page).click();

  await expect(page.getByRole('alert')).toContainText('la demande a été annulée ou a expiré');
});

test('the passkey of the sample signs in', async ({ page }) => {
  const email = 'passkey@yopmail.com';
  const account = await fetch(new URL(`/admin/accounts/${email}`, federation.issuer));
  const { passkey } = (await account.json()) as { passkey: { credential_id: string; private_key: string }[] };
  const [{ credential_id: credentialId, private_key: privateKey } = { credential_id: '', private_key: '' }] = passkey;
  const authenticator = await Authenticator.connect(page);
  await authenticator.load({
    credentialId,
    privateKey,
    rpId: 'localhost',
    isResidentCredential: false,
    signCount: Math.floor(Date.now() / 1000),
  });

  await typeEmail(page, email);

  await expect(heading(page)).toHaveText('Bonjour Noa Passkey');
});

async function check(page: Page, name: string): Promise<void> {
  await expectStructure(page, name);
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, name);
  await page.setViewportSize({ width: 1280, height: 800 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('no rule of axe is broken on pages with passkeys', async ({ page }) => {
      const authenticator = await Authenticator.connect(page, false);
      await typeEmail(page, user);
      await typePassword(page, user);
      await page.goto(`${federation.identite}/passkey-configuration`);
      await check(page, 'the page that adds a passkey');
      await enrol(page);
      await authenticator.replace();
      await enrol(page);
      await page.getByText(/^Supprimer la clé d’accès/).first().click();
      await check(page, 'the settings');
      await page.context().clearCookies();
      await authenticator.recognises(false);
      await typeEmail(page, user);
      await useKey(page).click();
      await expect(page.getByRole('alert')).not.toBeEmpty();
      await check(page, 'the password with a passkey that was turned down');
      await typePassword(page, user);
      await page.goto(`${federation.identite}/users/2fa-sign-in`);
      await check(page, 'the second factor');
    });
  });
}
