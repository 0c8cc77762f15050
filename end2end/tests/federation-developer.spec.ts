// The developer's pages of the local ProConnect: usable without JavaScript, by keyboard and reader, on every screen.
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

const service = {
  name: 'Service du développeur',
  client_id: 'a-service-of-the-developer',
  client_secret: 'a-secret-of-at-least-thirty-two-characters',
  redirect_uris: ['https://service.test/callback'],
  scopes: ['openid', 'email'],
  type: 'private',
};

const paths = [
  '/',
  '/services',
  `/services/${service.client_id}`,
  '/fournisseurs',
  '/demandes',
  '/evenements',
  '/scenarios',
  '/reglages',
];

let federation: Federation;
let home: string;

test.beforeAll(async () => {
  federation = await startFederation([service]);
  home = new URL('/', federation.issuer).href;
});

test.afterAll(() => federation.stop());

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('no rule of axe is broken, and nothing is wider than a small screen', async ({ page }) => {
      // So that requests and events have something to show.
      await page.goto(`${federation.issuer}/authorize?client_id=${service.client_id}&prompt=select_account`);
      for (const path of paths) {
        await page.goto(new URL(path, home).href);
        for (const summary of await page.locator('summary').all()) await summary.click();
        await expectStructure(page, path);
        await expectAccessible(page, path);
        await page.setViewportSize({ width: 320, height: 640 });
        await expectNoSidewaysScroll(page, path);
        await page.setViewportSize({ width: 1280, height: 800 });
      }
      await page.goto(federation.mail);
      await expectStructure(page, 'the mail sink');
      await expectAccessible(page, 'the mail sink');
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one click signs a test account in and shows what a service would receive', async ({ page }) => {
    await page.goto(home);
    await page.getByRole('button', { name: 'Se connecter avec test@fia1.fr' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connexion réussie');
    await expect(page.getByLabel('Contenu de userinfo')).toContainText('"email": "test@fia1.fr"');
    await page.getByRole('link', { name: 'Retour à l’accueil' }).click();
    await expect(page.getByRole('heading', { name: 'Session ouverte dans ce navigateur' })).toBeVisible();
    await page.getByRole('link', { name: 'Fermer la session' }).click();
    await expect(page.getByText('Vous êtes bien déconnecté')).toBeVisible();
  });

  test('a scenario is armed, shown and called off', async ({ page }) => {
    await page.goto(home);
    await page.getByRole('link', { name: 'Scénarios' }).click();
    await page.getByLabel('Service').selectOption(service.name);
    await page.getByRole('button', { name: 'Armer le scénario nonce falsifié' }).click();

    await expect(page.getByRole('status')).toHaveText('Scénario armé pour la prochaine connexion.');
    await expect(page.getByText(`nonce falsifié pour ${service.name}`)).toBeVisible();
    await page.getByRole('button', { name: 'Annuler' }).click();
    await expect(page.getByRole('status')).toHaveText('Scénario annulé.');
    await expect(page.getByRole('button', { name: 'Annuler' })).toHaveCount(0);
  });

  test('profile, clock and reset are set by forms', async ({ page }) => {
    await page.goto(new URL('/reglages', home).href);
    await page.getByLabel('2026, la production').check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByLabel('2026, la production')).toBeChecked();

    await page.getByRole('button', { name: 'Avancer de 1 heure' }).click();
    await expect(page.getByText('décalée de 3600 secondes')).toBeVisible();
    await page.getByRole('button', { name: 'Tout remettre à zéro' }).click();
    await expect(page.getByText('l’heure de la machine')).toBeVisible();
    await expect(page.getByLabel('2025, la synthèse')).toBeChecked();
  });

  test('a refused request is told with the rule that it broke', async ({ page, request }) => {
    await request.post(`${federation.issuer}/token`, {
      headers: { authorization: `Basic ${btoa(`${service.client_id}:${service.client_secret}`)}` },
      form: { grant_type: 'authorization_code', code: 'c' },
    });
    await page.goto(new URL('/demandes', home).href);

    const report = page.getByRole('article').first();
    await expect(report.getByRole('heading')).toContainText('/token');
    await expect(report).toContainText('HTTP Basic n’est pas accepté par ProConnect : utilisez client_secret_post.');
  });
});
