// The local ProConnect's own pages on the four screens that the real one is tested on: nothing is cut off, the way
// on is visible, and no rule of axe is broken.
import { expectNoSidewaysScroll, expectStructure, expectAccessible } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';
import { startFederation, type Federation } from '../clients/federation.ts';

const screens = [
  { name: 'phone', viewport: { width: 360, height: 740 } },
  { name: 'tablet, upright', viewport: { width: 768, height: 1024 } },
  { name: 'tablet, lying', viewport: { width: 1024, height: 768 } },
  { name: 'desktop', viewport: { width: 1440, height: 900 } },
];

const service = {
  name: 'Service des pages',
  client_id: 'a-service-of-the-pages',
  client_secret: 'a-secret-of-at-least-thirty-two-characters',
  redirect_uris: ['https://service.test/callback'],
  scopes: ['openid', 'email'],
  type: 'private',
};

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([service]);
});

test.afterAll(() => federation.stop());

function authorizationUrl(clientId: string): string {
  const params = new URLSearchParams({
    client_id: clientId,
    redirect_uri: 'https://service.test/callback',
    response_type: 'code',
    scope: 'openid email',
    state: 'a-state-of-at-least-thirty-two-characters',
    nonce: 'a-nonce-of-at-least-thirty-two-characters',
  });
  return `${federation.issuer}/authorize?${params}`;
}

for (const { name, viewport } of screens) {
  test.describe(name, () => {
    test.use({ viewport });

    test('VI1 the email page shows its field and its button at once', async ({ page }) => {
      await page.goto(authorizationUrl(service.client_id));

      await expect(page).toHaveTitle('Choix du compte - ProConnect');
      await expect(page.getByRole('heading', { level: 1 })).toContainText(service.name);
      await expect(page.getByLabel('Email professionnel')).toBeInViewport({ ratio: 1 });
      await expect(page.getByTestId('interaction-connection-button')).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page, 'the email page');
    });

    test('VI2 the error page shows what happened and its codes at once', async ({ page }) => {
      await page.goto(authorizationUrl('unknown'));

      await expect(page.getByTestId('error-section-title')).toBeInViewport({ ratio: 1 });
      for (const part of ['error-code', 'error-id', 'error-message']) {
        await expect(page.getByTestId(part)).toBeInViewport({ ratio: 1 });
      }
      await expectNoSidewaysScroll(page, 'the error page');
    });

    test('A11Y1 no rule of axe is broken on the email page', async ({ page }) => {
      await page.goto(authorizationUrl(service.client_id));

      await expectStructure(page, 'the email page');
      await expectAccessible(page, 'the email page');
    });

    test('A11Y2 no rule of axe is broken on the error page', async ({ page }) => {
      await page.goto(authorizationUrl('unknown'));

      await expectStructure(page, 'the error page');
      await expectAccessible(page, 'the error page');
    });
  });
}
