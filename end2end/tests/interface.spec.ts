// The interface in the browser: themes, keyboard, navigation inside the app.
import type { Page } from '@playwright/test';
import { noteShifts, shifts } from '../fixtures/shifts.ts';
import { expect, settled, test } from '../fixtures/test.ts';
import { agent, signIn } from '../fixtures/persona.ts';

/** Notes the background before every frame, from the very first. */
async function recordBackgrounds(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = ((window as unknown as { backgrounds: string[] }).backgrounds = []) as string[];
    const note = () => {
      if (document.body) {
        const colour = getComputedStyle(document.body).backgroundColor;
        const transparent = colour === 'rgba(0, 0, 0, 0)';
        seen.push(transparent ? getComputedStyle(document.documentElement).backgroundColor : colour);
      }
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}

const backgrounds = (page: Page) =>
  page.evaluate(() => [...new Set((window as unknown as { backgrounds: string[] }).backgrounds)]);

function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}

test.describe('in a dark system', () => {
  test.use({ colorScheme: 'dark' });

  test('every frame is dark, from the first', async ({ page }) => {
    await recordBackgrounds(page);
    await page.goto('/connexion');
    await settled(page);

    const colours = await backgrounds(page);
    expect(colours).toHaveLength(1);
    expect(brightness(colours[0] ?? '')).toBeLessThan(60);
  });

  test('a person can ask for the light theme, which then stays', async ({ page }) => {
    await page.goto('/');
    await settled(page);
    await page.getByRole('button', { name: 'Paramètres d’affichage' }).first().click();
    await page.getByRole('radio', { name: 'Thème clair' }).check({ force: true });

    await recordBackgrounds(page);
    await page.reload();
    await settled(page);

    const colours = await backgrounds(page);
    expect(colours).toHaveLength(1);
    expect(brightness(colours[0] ?? '')).toBeGreaterThan(200);
  });
});

test('in a light system every frame is light, from the first', async ({ page }) => {
  await recordBackgrounds(page);
  await page.goto('/connexion');
  await settled(page);

  const colours = await backgrounds(page);
  expect(colours).toHaveLength(1);
  expect(brightness(colours[0] ?? '')).toBeGreaterThan(200);
});

test('the first stop of the keyboard leads to the content', async ({ page }) => {
  await page.goto('/connexion');
  await settled(page);

  await page.keyboard.press('Tab');
  const link = page.locator(':focus');
  await expect(link).toHaveAttribute('href', /#/);
  await expect(link).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');

  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('every stop of the keyboard is visible and shows its focus', async ({ page }) => {
  await page.goto('/connexion');
  await settled(page);

  const seen = new Set<string>();
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      // An enlarged link shows its ring on the box that enlarges it.
      const ring = [undefined, '::before', '::after'].some((part) => {
        const { content, outlineStyle, outlineWidth } = getComputedStyle(element, part);
        return (!part || content !== 'none') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      });
      const box = element.getBoundingClientRect();
      return { html: element.outerHTML.slice(0, 120), ring, shown: box.width > 0 && box.height > 0 };
    });
    if (!focus) break;
    expect.soft(focus.ring, `focus ring of ${focus.html}`).toBe(true);
    expect.soft(focus.shown, `size of ${focus.html}`).toBe(true);
    seen.add(focus.html);
  }
  expect(seen.size).toBeGreaterThan(5);
});

test('moving inside the app takes title, focus and scroll along', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  const before = await page.title();
  await page.evaluate(() => ((window as unknown as { same: boolean }).same = true));
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));

  await page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name: 'Mon compte' }).click();
  await expect(page).toHaveURL(/\/compte$/);

  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
  await expect.poll(() => page.title()).not.toBe(before);
  await expect(page.locator('h1')).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);

  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect.poll(() => page.title()).toBe(before);
});

test('a page that only the server writes is loaded, on the way there and on the way back', async ({ page }) => {
  await page.goto('/');
  await settled(page);
  await page.getByRole('contentinfo').getByRole('link', { name: /Accessibilité/ }).click();
  await expect(page).toHaveURL(/\/accessibilite$/);
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accessibilité');
  await expect(page.getByRole('main')).toContainText('Défenseur des droits');

  await page.getByRole('navigation', { name: 'Menu principal' }).getByRole('link', { name: 'Accueil' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre espace professionnel');
  await expect(page).toHaveTitle('Accueil - Espace agent');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accessibilité');
  await expect(page.getByRole('main')).toContainText('Défenseur des droits');
  await expect(page).toHaveTitle('Accessibilité - Espace agent');
});

test('an unknown address answers 404 and stays readable once the app has taken over', async ({ page }) => {
  const answer = await page.goto('/nowhere');
  await settled(page);

  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page non trouvée');
});

test('the account page asks an unknown person to sign in, and returns to itself', async ({ page }) => {
  await page.goto('/compte');
  await settled(page);

  const link = page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' });
  await expect(link).toHaveAttribute('href', '/auth/login?return_to=%2Fcompte');
});

test('the app asks once who is signed in', async ({ page, stack }) => {
  await signIn(page, stack, agent);

  const calls: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/session')) calls.push(request.resourceType());
  });
  await page.reload();
  await settled(page);

  expect(calls).toHaveLength(1);
});

test('the browser takes over the document without moving it', async ({ page }) => {
  await noteShifts(page);
  await page.goto('/connexion');
  await settled(page);

  expect((await shifts(page)).sum).toBeLessThanOrEqual(0.02);
});
