// The whole way with a keyboard alone: every stop of Tab is in order, in view and shows its focus.
import type { Page } from '@playwright/test';
import { refusePointers, tab, tabThrough, tabTo } from '../fixtures/keyboard.ts';
import { identiteUser, signIn } from '../fixtures/persona.ts';
import { expect, settled, test } from '../fixtures/test.ts';

const focused = (page: Page) => page.locator(':focus');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const main = (page: Page) => page.getByRole('main');

/** Goes to a link or a button and presses Enter. */
async function enter(page: Page, role: 'link' | 'button', name: string, within = 'main'): Promise<void> {
  await tabTo(page, page.locator(within).getByRole(role, { name, exact: true }));
  await page.keyboard.press('Enter');
}

test('from the home page to the account, around it, and out again', async ({ page, context, stack }) => {
  test.setTimeout(90_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const pointers = await refusePointers(page);

  await page.goto('/');
  await settled(page);
  await tab(page);
  await expect(focused(page)).toHaveText('Contenu');
  await page.keyboard.press('Enter');
  await expect(main(page)).toBeFocused();
  await tab(page);
  await expect(focused(page)).toHaveText('Se connecter');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Connexion à Espace agent');
  await expect(heading(page)).toBeFocused();

  await enter(page, 'link', 'S’identifier avec ProConnect');
  await expect(heading(page)).toContainText("Se connecter ou s'inscrire");
  await tabTo(page, page.locator('#email-input'));
  await page.keyboard.type(identiteUser.email);
  await enter(page, 'button', 'Continuer');
  await expect(page.locator('[name=password]')).toBeVisible();
  await tabTo(page, page.locator('[name=password]'));
  await page.keyboard.type(identiteUser.password);
  await enter(page, 'button', 'S’identifier');
  await expect(page).toHaveURL(`${stack.app}/compte`);
  await expect(main(page)).toContainText(identiteUser.email);

  for (const name of ['Mon identité', 'Mon organisation', 'Ma sécurité', 'Mes sessions']) {
    await enter(page, 'link', name);
    await expect(heading(page)).toHaveText(name);
    await expect(heading(page)).toBeFocused();
    await expect(main(page).locator('[aria-busy]')).toHaveCount(0);
    expect(await tabThrough(page), `stops of ${name}`).toBeGreaterThan(10);
    if (name === 'Mon organisation') {
      await enter(page, 'button', 'Copier le SIRET');
      await expect(page.getByRole('status').filter({ hasText: 'SIRET copié' })).toBeVisible();
      await expect(focused(page)).toHaveText('Copier le SIRET');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d{14}$/);
    }
    await enter(page, 'link', 'Mon compte', 'main nav');
    await expect(heading(page)).toHaveText('Mon compte');
  }

  const opener = page.locator('[aria-controls=menu-personnel]');
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  await tab(page);
  await expect(focused(page)).toHaveText('Mon compte');
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await expect(opener).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Space');
  await enter(page, 'link', 'Ma sécurité', '#menu-personnel');
  await expect(heading(page)).toHaveText('Ma sécurité');

  await tabTo(page, page.locator('[aria-controls=langues]'));
  await page.keyboard.press('Enter');
  await enter(page, 'link', 'EN - English', '#langues');
  await expect(page).toHaveURL(`${stack.app}/en/compte/securite`);
  await settled(page);

  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  await enter(page, 'button', 'Sign out', '#menu-personnel');
  await expect(page).toHaveURL(/\/deconnexion$/);
  await expect(page.getByRole('banner')).toContainText(/Sign in|Se connecter/);
  expect(pointers).toEqual([]);
});

test('the settings hold focus, choose by arrows, and give focus back', async ({ page }) => {
  const pointers = await refusePointers(page);
  await page.goto('/connexion');
  await settled(page);
  const opener = page.getByRole('contentinfo').getByRole('button');
  const dialog = page.getByRole('dialog', { name: 'Paramètres d’affichage' });
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Fermer' })).toBeFocused();

  // The browser lets focus out to its own bars, never to the page behind.
  const seen = new Set<string>();
  for (const key of [...Array<string>(6).fill('Tab'), ...Array<string>(6).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    const where = await page.evaluate(() => {
      const active = document.activeElement;
      return active === document.body ? 'body' : active?.closest('dialog') ? active.localName : 'behind';
    });
    seen.add(where);
  }
  expect([...seen].filter((where) => where !== 'body').sort()).toEqual(['button', 'input']);

  await tabTo(page, dialog.getByRole('radio', { name: 'Système' }));
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: 'Thème sombre' })).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('data-fr-theme', 'dark');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press('Space');
  await tabTo(page, dialog.getByRole('button', { name: 'Fermer' }));
  await page.keyboard.press('Enter');
  await expect(opener).toBeFocused();
  expect(pointers).toEqual([]);
});

test('on a small screen the menu holds focus, and gives it back', async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signIn(page, stack);
  const opener = page.getByRole('banner').getByRole('button', { name: 'Menu' });
  const menu = page.getByRole('dialog', { name: 'Menu' });
  const pointers = await refusePointers(page);
  await page.reload();
  await settled(page);
  await tabTo(page, opener);
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('button', { name: 'Fermer' })).toBeFocused();

  expect(await tabThrough(page), 'stops of the menu').toBeGreaterThan(8);
  await tab(page);
  await expect(menu.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  await enter(page, 'link', 'Mes sessions', '#menu');
  await expect(heading(page)).toHaveText('Mes sessions');
  await expect(heading(page)).toBeFocused();
  expect(pointers).toEqual([]);
});

test('every page that anybody can see has an end', async ({ page }) => {
  for (const path of ['/', '/connexion', '/compte', '/plan-du-site', '/accessibilite', '/nowhere', '/auth/callback']) {
    await page.goto(path);
    await settled(page);
    expect(await tabThrough(page), `stops of ${path}`).toBeGreaterThan(10);
  }
});
