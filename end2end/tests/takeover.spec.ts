// A program that is long in coming: what people do meanwhile is neither lost nor undone when it takes over.
import type { Locator, Page } from '@playwright/test';
import { hold, tookOver, type Held } from '../fixtures/held.ts';
import { signIn } from '../fixtures/persona.ts';
import { expect, settled, test } from '../fixtures/test.ts';

/** Opens a page whose program does not come. */
async function openWithoutProgram(page: Page, path: string): Promise<Held> {
  const program = await hold(page, '**/*.wasm');
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  await program.asked;
  await expect(page.locator('html')).not.toHaveAttribute('data-app');
  return program;
}

/** Lets the program come; what has focus before must be the very element that has it afterwards. */
async function expectFocusKept(page: Page, program: Held, where: string): Promise<void> {
  const before = await page.evaluateHandle(() => document.activeElement);
  expect(await before.evaluate((element) => element !== document.body), `${where} has focus`).toBe(true);
  program.release();
  await tookOver(page);
  await settled(page);
  expect.soft(await before.evaluate((element) => element?.isConnected), `${where} is still there`).toBe(true);
  expect.soft(await before.evaluate((element) => element === document.activeElement), `${where} keeps focus`).toBe(true);
}

const banner = (page: Page) => page.getByRole('banner');
const main = (page: Page) => page.getByRole('main');
const footer = (page: Page) => page.getByRole('contentinfo');
const menu = (page: Page) => page.getByRole('navigation', { name: 'Menu principal' });
const connect = (page: Page) => main(page).getByRole('link', { name: 'S’identifier avec ProConnect' });
const signInLink = (page: Page) => banner(page).getByRole('link', { name: 'Se connecter' }).first();

const places: [where: string, path: string, find: (page: Page) => Locator][] = [
  ['the ProConnect button', '/connexion', connect],
  ['the link home in the header', '/connexion', (page) => banner(page).getByRole('link', { name: 'Espace agent' })],
  ['the sign-in link in the header', '/', signInLink],
  ['a link of the main menu', '/', (page) => menu(page).getByRole('link').nth(2)],
  ['the first link of the content', '/', (page) => main(page).getByRole('link').first()],
  ['the breadcrumb', '/compte/identite', (page) => main(page).getByRole('link', { name: 'Mon compte' })],
  ['a link of the footer', '/compte', (page) => footer(page).getByRole('link', { name: 'Mentions légales' })],
];

/** Links that are pressed, and where they lead. */
const presses: [where: string, path: string, find: (page: Page) => Locator, to: RegExp][] = [
  ['the ProConnect button', '/connexion', connect, /\/interaction\//],
  ['the sign-in link in the header', '/', signInLink, /\/connexion$/],
  ['a link of the main menu', '/', (page) => menu(page).getByRole('link', { name: 'Mon compte' }), /\/compte$/],
  ['a link of the footer', '/compte', (page) => footer(page).getByRole('link', { name: 'Cookies' }), /\/cookies$/],
  ['the other language', '/compte', (page) => footer(page).getByRole('link', { name: /English/ }), /\/en$/],
];

test('focus stays where people put it', async ({ page }) => {
  for (const [where, path, find] of places) {
    await test.step(where, async () => {
      const program = await openWithoutProgram(page, path);
      await find(page).focus();
      await expectFocusKept(page, program, where);
    });
  }
});

test('a skip link that was followed keeps its place', async ({ page }) => {
  const program = await openWithoutProgram(page, '/connexion');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(main(page)).toBeFocused();
  await expectFocusKept(page, program, 'the content');
  await page.keyboard.press('Tab');
  await expect(connect(page)).toBeFocused();
});

test('someone signed in keeps focus while their pages fill', async ({ page, stack }) => {
  await signIn(page, stack);
  for (const path of ['/', '/connexion', '/compte', '/compte/sessions']) {
    const program = await openWithoutProgram(page, path);
    await menu(page).getByRole('link').first().focus();
    await expectFocusKept(page, program, `the main menu of ${path}`);
    await expect(page.locator('[aria-controls=menu-personnel]')).toBeVisible();
  }
});

test('someone signed in who is at the sign-in link is at their menu once it stands there', async ({ page, stack }) => {
  await signIn(page, stack);
  const program = await openWithoutProgram(page, '/');
  await signInLink(page).focus();
  program.release();
  await expect(page.locator('[aria-controls=menu-personnel]')).toBeFocused();
});

test('someone who tries again is in what comes', async ({ page, stack }) => {
  await signIn(page, stack);
  await page.route('**/api/sessions', (route) => route.abort());
  await page.goto('/compte/sessions');
  const retry = main(page).getByRole('button', { name: 'Réessayer' });
  await retry.focus();
  await page.unroute('**/api/sessions');
  await page.keyboard.press('Enter');
  await expect(retry).toHaveCount(0);
  await settled(page);
  expect(await page.evaluate(() => document.activeElement?.closest('main')?.localName)).toBe('main');
});

test('a control that needs the program is not there before it, and works from then on', async ({ page }) => {
  const program = await openWithoutProgram(page, '/connexion');
  const controls = [
    footer(page).getByRole('button', { name: 'Paramètres d’affichage', includeHidden: true }),
    page.locator('[aria-controls=langues]'),
  ];
  for (const control of controls) await expect(control).toBeHidden();
  program.release();
  await tookOver(page);
  for (const control of controls) await expect(control).toBeVisible();
  await controls[0]?.click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a press before the program leads where it says', async ({ page }) => {
  for (const [where, path, find, to] of presses) {
    await test.step(where, async () => {
      const program = await openWithoutProgram(page, path);
      await find(page).click({ noWaitAfter: true });
      await expect(page, where).toHaveURL(to);
      await expect(page.locator('h1')).toBeVisible();
      program.release();
    });
  }
});
