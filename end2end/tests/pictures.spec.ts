// Every state of the gallery looks as it did: its picture is compared with the one in `pictures/`.
//
// Invariant: a picture depends on our sources alone. States hold no date and nothing of a request, and the
// only fonts are those that we serve. Header and footer are in the pictures of the home page and the account, so
// that a change of theirs changes few. `make pictures` takes new ones.
import { statesOfGallery } from '../fixtures/gallery.ts';
import { expect, test } from '../fixtures/test.ts';

const appearances = [
  { name: 'clair', theme: 'light', width: 1280 },
  { name: 'sombre', theme: 'dark', width: 1280 },
  { name: '320', theme: 'light', width: 320 },
] as const;

for (const { name, theme, width } of appearances) {
  test.describe(name, () => {
    test.use({ viewport: { width, height: 800 }, deviceScaleFactor: 0.5, colorScheme: theme });

    test('every state looks as it did', async ({ page }) => {
      test.setTimeout(180_000);
      for (const state of await statesOfGallery(page)) {
        await page.goto(`/galerie/${state}?theme=${theme}`);
        const framed = /^(accueil|compte)/.test(state);
        await page.evaluate(async (framed) => {
          const ours = new CSSStyleSheet();
          const frame = framed ? '' : '.fr-header, .fr-footer { display: none }';
          ours.replaceSync(`code { font-family: inherit !important } ${frame}`);
          document.adoptedStyleSheets.push(ours);
          await document.fonts.ready;
        }, framed);
        const picture = await page.screenshot({ fullPage: true, animations: 'disabled' });
        expect.soft(picture, state).toMatchSnapshot(`${state}-${name}.png`, { threshold: 0.25, maxDiffPixels: 40 });
      }
    });
  });
}
