// The email page with its script: what is remembered on this device, and what the identity provider is told of it.
import type { Page } from '@playwright/test';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';
import { startFederation, type Federation } from '../clients/federation.ts';

const service = {
  name: 'Service de la page email',
  client_id: 'a-service-of-the-email-page',
  client_secret: 'a-secret-of-at-least-thirty-two-characters',
  redirect_uris: ['https://service.test/callback'],
  scopes: ['openid', 'email'],
  type: 'private',
};

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([service]);
});

test.afterAll(() => federation.stop());

async function ask(page: Page, hints: Record<string, string> = {}): Promise<void> {
  const params = new URLSearchParams({
    client_id: service.client_id,
    redirect_uri: 'https://service.test/callback',
    response_type: 'code',
    scope: 'openid email',
    state: 'a-state-of-at-least-thirty-two-characters',
    ...hints,
  });
  await page.goto(`${federation.issuer}/authorize?${params}`);
}

const field = (page: Page) => page.getByLabel('Email professionnel');
const remember = (page: Page) => page.getByLabel('Mémoriser mon adresse sur cet appareil');
const button = (page: Page) => page.getByTestId('interaction-connection-button');

async function giveEmail(page: Page, email: string, remembered: boolean): Promise<void> {
  await field(page).fill(email);
  await remember(page).setChecked(remembered);
  await button(page).click();
}

/** The provider's page, and what it was told. */
async function expectTold(page: Page, provider: string, remembered: boolean): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/${provider}/interaction/`));
  await page.getByText('Ce que ProConnect a demandé').click();
  await expect(page.locator('dt', { hasText: 'remember_me' }).locator('+ dd')).toHaveText(String(remembered));
}

/** What this device keeps for the federation. */
async function stored(page: Page): Promise<string | null> {
  await ask(page);
  return page.evaluate(() => localStorage.getItem('proConnectEmail'));
}

test('LS1 LS2 an address is remembered, then forgotten, whatever the provider', async ({ page }) => {
  await ask(page);
  await giveEmail(page, 'test@fia1.fr', true);
  await expectTold(page, 'fia1', true);
  expect(await stored(page)).toBe('test@fia1.fr');
  await expect(field(page)).toHaveValue('test@fia1.fr');
  await expect(remember(page)).toBeChecked();

  await giveEmail(page, 'test@fia2.fr', true);
  await expectTold(page, 'fia2', true);
  expect(await stored(page)).toBe('test@fia2.fr');

  await giveEmail(page, 'test@fia2.fr', false);
  await expectTold(page, 'fia2', false);
  expect(await stored(page)).toBeNull();
});

test('LS3 nothing is remembered unless somebody wants it', async ({ page }) => {
  await ask(page);
  await expect(remember(page)).not.toBeChecked();
  await giveEmail(page, 'test@fia1.fr', false);
  await expectTold(page, 'fia1', false);

  expect(await stored(page)).toBeNull();
  await expect(field(page)).toHaveValue('');
});

test('LS4 a login_hint leaves alone what is remembered', async ({ page }) => {
  await ask(page);
  await giveEmail(page, 'test@fia1.fr', true);
  await expectTold(page, 'fia1', true);

  await ask(page, { login_hint: 'eve@fia2.fr' });
  await expectTold(page, 'fia2', false);

  expect(await stored(page)).toBe('test@fia1.fr');
});

test('MF1 buttons wait until there is something to send', async ({ page }) => {
  await ask(page);
  await expect(button(page)).toBeDisabled();
  await field(page).fill('test@polyfi');
  await expect(button(page)).toBeDisabled();
  await giveEmail(page, 'test@polyfi.fr', false);

  const onward = page.getByRole('button', { name: 'Continuer' });
  await expect(onward).toBeDisabled();
  await page.getByRole('radio').first().check();
  await expect(onward).toBeEnabled();
});

test('US6 LH4 a correction fills the field and can be sent', async ({ page }) => {
  await ask(page);
  await giveEmail(page, 'camille@fia1.fq', false);
  await page.getByTestId('email-suggestion').getByRole('link').click();

  await expect(field(page)).toHaveValue('camille@fia1.fr');
  await button(page).click();
  await expect(page).toHaveURL(/\/fia1\/interaction\//);
});
