// The pages of the account, and the menus of the header.
import { expect, settled, test } from '../fixtures/test.ts';
import {
  agent,
  expectAccount,
  fillAdministrationForm,
  giveEmail,
  openUserMenu,
  signIn,
  signInAtAdministration,
} from '../fixtures/persona.ts';

test('every claim is shown, and an absent one is said to be absent', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  await page.getByRole('main').getByRole('link', { name: 'Mon identité' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mon identité');
  await expect(page.getByTestId('given-name')).toHaveText(agent.givenName);
  await expect(page.getByTestId('email')).toHaveText(agent.email);
  await expect(page.getByTestId('sub')).toHaveText(/^[0-9a-f-]{36}$/);
  await expect(page.getByTestId('provider')).toHaveText(agent.provider);
  await expect(page.getByTestId('read-at')).toHaveText(/20\d\d/);
  await expect(page.getByTestId('phone-number')).toHaveText('Non communiqué');
});

test('the SIRET can be copied', async ({ page, stack, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, stack, agent);
  await page.goto('/compte/organisation');
  await expect(page.getByTestId('siret')).toHaveText('219 200 235 00014');
  await expect(page.getByTestId('public-service')).toHaveText('Collectivité territoriale');

  await page.getByRole('button', { name: 'Copier le SIRET' }).click();

  await expect(page.getByText('SIRET copié')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(agent.siret);
});

test('a person signs in again for another organisation, which is proposed by its SIRET', async ({ page, stack }) => {
  const other = { ...agent, email: 'test@fia2.fr', siret: '20007184300060', provider: 'fia2' };
  await signIn(page, stack, agent);
  await page.goto('/compte/organisation');
  const siret = page.getByLabel('SIRET de l’autre organisation');

  await siret.fill('20007184300061');
  await page.getByRole('button', { name: 'M’identifier pour une autre organisation' }).click();
  await expect(page.getByText('Ce n’est pas un SIRET')).toBeVisible();
  await expect(siret).toHaveAttribute('aria-invalid', 'true');
  await expect(siret).toHaveAccessibleDescription(/vérifiez/);

  await siret.fill('200 071 843 00060');
  const asked = page.waitForRequest((request) => request.url().includes('/api/v2/authorize'));
  await page.getByRole('button', { name: 'M’identifier pour une autre organisation' }).click();
  expect(new URL((await asked).url()).searchParams.get('siret_hint')).toBe(other.siret);
  await giveEmail(page, other.email);
  await fillAdministrationForm(page, other);
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await expect(page).toHaveURL(`${stack.app}/compte/organisation`);
  await expect(page.getByTestId('siret')).toHaveText('200 071 843 00060');
});

test('the level is raised from the page that tells it', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  await page.goto('/compte/securite');
  await expect(page.getByText('Une étape', { exact: true })).toBeVisible();

  await page.getByTestId('raise').click();
  await page.getByText('Choisir les autres informations transmises').waitFor();
  await signInAtAdministration(page, agent);

  await expect(page).toHaveURL(`${stack.app}/compte/securite`);
  await expect(page.getByText('Deux étapes', { exact: true })).toBeVisible();
  await expect(page.getByTestId('raise')).toHaveCount(0);
});

test('the menu of the person is used by keyboard', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  const button = page.locator('[aria-controls=menu-personnel]');
  const links = page.locator('#menu-personnel').getByRole('link');
  await button.focus();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await expect(links.first()).toBeHidden();

  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(links).toHaveText(['Mon compte', 'Mon identité', 'Mon organisation', 'Ma sécurité', 'Mes sessions']);
  await page.keyboard.press('Tab');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(links.first()).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press('Enter');
  for (let stop = 0; stop < 7; stop += 1) await page.keyboard.press('Tab');
  await expect(links.first(), 'focus that goes elsewhere closes the menu').toBeHidden();

  await openUserMenu(page);
  await page.getByRole('heading', { level: 1 }).click();
  await expect(links.first(), 'a click elsewhere closes the menu').toBeHidden();

  await openUserMenu(page);
  await links.nth(3).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ma sécurité');
  await expect(links.first(), 'going to a page closes the menu').toBeHidden();
});

test('the language is changed for the page that one looks at', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  await page.getByRole('main').getByRole('link', { name: 'Mon organisation' }).click();
  await page.locator('[aria-controls=langues]').click();
  await page.locator('#langues').getByRole('link', { name: 'EN - English' }).click();

  await expect(page).toHaveURL(`${stack.app}/en/compte/organisation`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My organisation');
  await expect(page.getByTestId('public-service')).toHaveText('Local authority');
});

test('on a small screen the menu holds the person’s pages, and the breadcrumb unfolds', async ({ page, stack }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, stack, agent);
  await page.getByRole('button', { name: 'Menu' }).click();
  const menu = page.getByRole('dialog', { name: 'Menu' });
  await expect(menu).toContainText(agent.email);
  await menu.getByRole('link', { name: 'Mon identité' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mon identité');
  const trail = page.getByRole('navigation', { name: 'vous êtes ici' });
  await expect(trail.getByRole('link', { name: 'Mon compte' })).toBeHidden();
  await trail.getByRole('button', { name: 'Voir le fil d’Ariane' }).click();
  await trail.getByRole('link', { name: 'Mon compte' }).click();
  await expectAccount(page, stack, agent);
});

test('where the session went is said on the sign-in page', async ({ page, browser, stack }) => {
  await signIn(page, stack, agent);
  const elsewhere = await browser.newContext({ locale: 'fr-FR' });
  const other = await elsewhere.newPage();
  await signIn(other, stack, agent);
  const status = await other.evaluate(
    async () => (await fetch('/api/revoke_other_sessions', { method: 'POST' })).status,
  );
  expect(status).toBe(200);

  await page.goto('/connexion');
  await settled(page);
  await expect(page.getByRole('main')).toContainText('Vous avez mis fin à cette session depuis un autre appareil');
  await elsewhere.close();
});
