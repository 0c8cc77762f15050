// Every state of the gallery: what axe leaves open, and what people ask for by their system.
import { expectContrastOfStates } from '../fixtures/contrast.ts';
import { examine } from '../fixtures/examine.ts';
import { statesOfGallery } from '../fixtures/gallery.ts';
import { expectForcedColours } from '../fixtures/preferences.ts';
import { test } from '../fixtures/test.ts';

test('every state can be read, reached and told apart, whatever people ask for', async ({ page }) => {
  test.setTimeout(180_000);
  for (const id of await statesOfGallery(page)) {
    await page.goto(`/galerie/${id}`);
    await examine(page, id);
  }
});

test('every control is seen under the mouse, pressed and focused, in both themes', async ({ page }) => {
  test.setTimeout(60_000);
  const components = (await statesOfGallery(page)).filter((id) => id.startsWith('composant-'));
  for (const id of [...components, 'accueil-affichage', 'accueil-menu-ouvert', 'compte-menu', 'connexion']) {
    for (const theme of ['light', 'dark']) {
      await page.goto(`/galerie/${id}?theme=${theme}`);
      await expectContrastOfStates(page, `${id}, ${theme}`);
    }
  }
});

test('what is current is seen in the menu of a small screen, with forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/galerie/accueil-menu-ouvert');
  await expectForcedColours(page, 'the open menu');
});
