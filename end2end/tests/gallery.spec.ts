// Every state of the gallery: accessible in both themes, at three widths, without scrolling sideways.
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y.ts';
import { statesOfGallery } from '../fixtures/gallery.ts';
import { expect, test } from '../fixtures/test.ts';

const widths = [320, 768, 1280];

for (const theme of ['light', 'dark'] as const) {
  for (const width of widths) {
    test(`every state is accessible in the ${theme} theme, ${width} pixels wide`, async ({ page }) => {
      test.setTimeout(240_000);
      await page.setViewportSize({ width, height: 800 });
      for (const id of await statesOfGallery(page)) {
        await page.goto(`/galerie/${id}?theme=${theme}`);
        await expectNoSidewaysScroll(page, `${id} at ${width}`);
        await expectAccessible(page, `${id} at ${width}`);
      }
    });
  }
}

test('a designer chooses a state, a theme, a width and a language, and can hand the address on', async ({ page }) => {
  await page.goto('/galerie');
  await page.getByRole('navigation', { name: 'États' }).getByRole('link', { name: 'Compte, noms longs' }).click();
  await page.getByLabel('Thème').selectOption('Sombre');
  await page.getByLabel('Largeur').selectOption('320 pixels');
  await page.getByLabel('Langue').selectOption('English');
  await page.getByRole('button', { name: 'Appliquer' }).click();

  const address = new URL(page.url());
  expect(Object.fromEntries(address.searchParams)).toEqual({
    etat: 'compte-noms-longs',
    theme: 'dark',
    largeur: '320',
    langue: 'en',
  });
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('My account');
  await expect(frame.locator('html')).toHaveAttribute('data-fr-theme', 'dark');
  await expect(page.locator('iframe')).toHaveCount(1);
  await expectAccessible(page, 'the gallery');
});
