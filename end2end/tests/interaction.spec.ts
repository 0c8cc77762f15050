// What only a browser shows of the way to an identity provider: buttons that wait, the remembered address,
// suggestions that fill the field; and the pages around the code by email in both themes and on a small screen.
import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';
import { startFederation, type Federation } from '../clients/federation.ts';

const service = {
  name: 'Service des parcours',
  client_id: 'a-service-of-the-journeys',
  client_secret: 'a-secret-of-at-least-thirty-two-characters',
  redirect_uris: ['https://service.test/callback'],
  scopes: ['openid', 'email'],
  type: 'private',
};
const demand = JSON.stringify({ id_token: { acr: { essential: true, value: 'eidas1-mfa' } } });

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([service]);
});

test.afterAll(() => federation.stop());

test.beforeEach(async ({ context }) => {
  // Nobody listens at the service: its address is enough.
  await context.route('https://service.test/**', (route) => route.fulfill({ body: 'the service' }));
});

async function authorize(page: Page, more: Record<string, string> = {}): Promise<void> {
  const params = new URLSearchParams({
    client_id: service.client_id,
    redirect_uri: 'https://service.test/callback',
    response_type: 'code',
    scope: 'openid email',
    state: 'a-state-of-at-least-thirty-two-characters',
    nonce: 'a-nonce-of-at-least-thirty-two-characters',
    ...more,
  });
  await page.goto(`${federation.issuer}/authorize?${params}`);
}

const field = (page: Page) => page.locator('#email-input');
const button = (page: Page) => page.getByTestId('interaction-connection-button');
const remember = (page: Page) => page.getByLabel('Mémoriser mon adresse sur cet appareil');
const remembered = (page: Page) => page.evaluate(() => localStorage.getItem('proConnectEmail'));

async function give(page: Page, email: string): Promise<void> {
  await field(page).fill(email);
  await button(page).click();
}

/** Which wish to be remembered reached the demo administration. */
async function wish(page: Page): Promise<string | null> {
  return page.getByTestId('requested-remember_me').textContent();
}

test('the button of the email page waits for a valid address', async ({ page }) => {
  await authorize(page);

  await expect(button(page)).toBeDisabled();
  await field(page).fill('test@fia1');
  await expect(button(page)).toBeDisabled();
  await field(page).fill('test@fia1.fr');
  await expect(button(page)).toBeEnabled();
});

test('US8 an invalid address is pointed out and stays in the field', async ({ page }) => {
  await authorize(page);

  await field(page).fill('test@fia1');
  await field(page).blur();
  await expect(page.getByText('Adresse e-mail invalide.')).toBeVisible();
  await expect(field(page)).toHaveValue('test@fia1');

  await field(page).fill('test@fia1.fr');
  await expect(page.getByText('Adresse e-mail invalide.')).toBeHidden();
});

test('US6 LH4 a suggestion fills the field', async ({ page }) => {
  const typed = async () => {
    await authorize(page);
    await give(page, 'test@fia1.fe');
  };
  const hinted = () => authorize(page, { login_hint: 'test@fia1.fe' });
  for (const start of [typed, hinted]) {
    await start();

    await expect(page.getByTestId('email-suggestion')).toHaveText('Vouliez-vous dire test@fia1.fr ?');
    await expect(field(page)).toHaveValue('test@fia1.fe');
    await expectAccessible(page, 'the email page with a suggestion');
    await page.getByRole('link', { name: 'test@fia1.fr' }).click();

    await expect(field(page)).toHaveValue('test@fia1.fr');
    await expect(field(page)).toBeFocused();
    await expect(page.getByTestId('email-suggestion')).toBeHidden();
    await expect(page.getByText('Adresse e-mail invalide.')).toBeHidden();
    await button(page).click();
    await expect(page).toHaveURL(/\/fia1\/interaction\//);
  }
});

test('LS1 LS2 LS3 an address is remembered as long as the person wants it', async ({ page }) => {
  await authorize(page);
  await remember(page).check();
  await give(page, 'test@fia1.fr');
  expect(await wish(page)).toBe('true');

  await authorize(page);
  await expect(field(page)).toHaveValue('test@fia1.fr');
  await expect(remember(page)).toBeChecked();
  await expect(button(page)).toBeEnabled();
  expect(await remembered(page)).toBe('test@fia1.fr');
  await remember(page).uncheck();
  await give(page, 'test@fia2.fr');
  expect(await wish(page)).toBe('false');

  await authorize(page);
  await expect(field(page)).toHaveValue('');
  expect(await remembered(page)).toBeNull();
});

test('LS4 a login_hint leaves the remembered address alone', async ({ page }) => {
  await authorize(page);
  await remember(page).check();
  await give(page, 'test@fia1.fr');

  await authorize(page, { login_hint: 'test@fia2.fr' });
  await expect(page).toHaveURL(/\/fia2\/interaction\//);
  expect(await wish(page)).toBe('false');

  await authorize(page);
  expect(await remembered(page)).toBe('test@fia1.fr');
});

test('MF1 the button of the choice page waits for a choice', async ({ page }) => {
  await authorize(page);
  await give(page, 'test@polyfi.fr');

  const goOn = page.getByRole('button', { name: 'Continuer' });
  await expect(goOn).toBeDisabled();
  await page.getByLabel('Administration de démonstration B').check();
  await expect(goOn).toBeEnabled();
  await goOn.click();
  await expect(page).toHaveURL(/\/fia2\/interaction\//);
});

const appearances = [
  { name: 'light', use: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark', use: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  { name: '320 pixels wide', use: { colorScheme: 'light', viewport: { width: 320, height: 640 } } },
] as const;

for (const appearance of appearances) {
  test.describe(appearance.name, () => {
    test.use(appearance.use);

    test('EV4 a code by email raises the level, on accessible pages', async ({ page }) => {
      const examine = async (name: string) => {
        await expectStructure(page, name);
        await expectAccessible(page, name);
        await expectNoSidewaysScroll(page, name);
      };
      const email = `${appearance.name.replaceAll(' ', '-')}@fia2.fr`;
      await authorize(page, { claims: demand });
      await give(page, email);
      await page.getByRole('button', { name: 'Se connecter' }).click();

      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Confirmer votre adresse email');
      await expect(page.getByRole('button', { name: 'Recevoir un nouveau code' })).toBeDisabled();
      await expect(page.getByRole('button', { name: 'Continuer' })).toBeDisabled();
      await examine('the page that asks for the code');
      await page.getByLabel(/Insérer le code/).fill('0000 000 000');
      await page.getByRole('button', { name: 'Continuer' }).click();
      await expect(page.getByText('Le code rentré est invalide ou expiré.')).toBeVisible();
      await examine('the page that refuses a code');

      const codePage = page.url();
      await page.getByRole('link', { name: 'la boîte des courriels envoyés' }).click();
      await expect(page).toHaveURL(`${federation.mail}/`);
      await examine('the list of mails');
      await page.locator('li', { hasText: email }).getByRole('link').click();
      await examine('a mail');
      const text = await page.locator('pre').first().textContent();
      const code = /^\d{10}$/m.exec(text ?? '')?.[0] ?? '';

      await page.goto(codePage);
      await page.getByLabel(/Insérer le code/).fill(code);
      await page.getByRole('button', { name: 'Continuer' }).click();
      await expect(page).toHaveURL(/^https:\/\/service\.test\/callback\?code=/);
      await page.goto(`${federation.issuer}/accessibilite`);
      await examine('the page about accessibility');
    });
  });
}
