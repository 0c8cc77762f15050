// A service that is slow to answer: what arrives late moves nothing that people already look at.
import { hold, tookOver } from '../fixtures/held.ts';
import { signIn } from '../fixtures/persona.ts';
import { noteShifts, shifts } from '../fixtures/shifts.ts';
import { expect, settled, test } from '../fixtures/test.ts';

const sizes = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];
const account = ['/compte', '/compte/identite', '/compte/organisation', '/compte/securite', '/compte/sessions'];
const visits = [
  { who: 'nobody', paths: ['/', '/connexion', '/compte', '/compte/sessions'] },
  { who: 'an agent', paths: ['/', '/connexion', ...account, '/espace-protege'] },
];

for (const { who, paths } of visits) {
  test(`for ${who}, late answers move nothing`, async ({ page, stack }) => {
    test.setTimeout(60_000);
    if (who !== 'nobody') await signIn(page, stack);
    await noteShifts(page);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const path of paths) {
        const answers = await hold(page, '**/api/**');
        await page.goto(path, { waitUntil: 'domcontentloaded' });
        await answers.asked;
        await tookOver(page);
        // The page as it waits has been painted.
        await shifts(page);
        answers.release();
        await settled(page);
        await expect(page.locator('main [aria-busy]')).toHaveCount(0);
        const { sum, moved } = await shifts(page);
        expect.soft(sum, `${path} at ${size.width} for ${who}: ${moved.join(', ')}`).toBeLessThanOrEqual(0.02);
      }
    }
  });
}
