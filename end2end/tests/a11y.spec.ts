// Accessibility of every page, in both themes and on the narrowest screen.
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { journey, publicPages } from '../fixtures/pages.ts';
import { expect, settled, test } from '../fixtures/test.ts';

const appearances = [
  { name: 'light', use: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark', use: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  { name: '320 pixels wide', use: { colorScheme: 'light', viewport: { width: 320, height: 640 } } },
] as const;

for (const appearance of appearances) {
  test.describe(appearance.name, () => {
    test.use(appearance.use);

    test('the pages that anybody can see', async ({ page, stack }) => {
      test.setTimeout(90_000);
      const titles: string[] = [];
      for (const visit of publicPages) {
        await visit.go(page, stack);
        await settled(page);
        await expectStructure(page, visit.name);
        await expectAccessible(page, visit.name);
        await expectNoSidewaysScroll(page, visit.name);
        titles.push(await page.title());
      }
      expect.soft(titles.length - new Set(titles).size, `titles used twice: ${titles.join(' | ')}`).toBe(0);
    });

    test('the pages of a sign-in', async ({ page, stack }) => {
      test.setTimeout(90_000);
      for (const visit of journey) {
        await visit.go(page, stack);
        await settled(page);
        await expectStructure(page, visit.name);
        await expectAccessible(page, visit.name);
        await expectNoSidewaysScroll(page, visit.name);
      }
    });
  });
}

test('the open settings and the open menu', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/');
  await settled(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await expectAccessible(page, 'open menu');
  await page.keyboard.press('Escape');

  await page.getByRole('contentinfo').getByRole('button', { name: /affichage/i }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'open settings');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('nothing moves for people who asked for it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/connexion');
  await settled(page);

  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .map((element) => getComputedStyle(element))
      .filter((style) => parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01)
      .length,
  );
  expect(moving).toBe(0);
});

test('wider spacing of text hides nothing', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/connexion');
  await settled(page);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });

  await expectNoSidewaysScroll(page, 'wider spacing');
});
