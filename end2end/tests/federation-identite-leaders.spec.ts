// The pages by which FranceConnect confirms an identity and a leader is certified.
import type { Page } from '@playwright/test';
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

const certification = 'https://proconnect.gouv.fr/assurance/certification-dirigeant';
const clientId = 'leaders';
const callback = 'http://localhost:9/callback';
/** Whose leader the citizens below are, nearly are, and are not. */
const company = '99990018600019';
const association = '99990019400013';

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([
    {
      name: 'Réservé aux dirigeants',
      client_id: clientId,
      client_secret: 'a-secret-of-at-least-thirty-two-characters',
      redirect_uris: [callback],
      scopes: ['openid', 'email', 'siret'],
      type: 'private',
    },
  ]);
});

test.afterAll(() => federation.stop());

async function check(page: Page, name: string): Promise<void> {
  await expectStructure(page, name);
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, name);
  await page.setViewportSize({ width: 1280, height: 800 });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Asks for the certification, and signs in with an account whose password is its address. */
async function signIn(page: Page, email: string): Promise<void> {
  const acr = { essential: true, value: certification };
  const url = new URL(`${federation.issuer}/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    scope: 'openid email siret',
    state: 'a-state-of-at-least-thirty-two-characters',
    nonce: 'a-nonce-of-at-least-thirty-two-characters',
    claims: JSON.stringify({ id_token: { acr } }),
  }).toString();
  await page.goto(url.href);
  await page.getByLabel('Email').fill(email);
  await page.getByTestId('interaction-connection-button').click();
  await page.getByLabel('Mot de passe').fill(email);
  await press(page, 'S’identifier');
}

async function join(page: Page, siret: string): Promise<void> {
  await page.goto(`${federation.identite}/users/join-organization?do_not_propose_suggestions=true`);
  await page.getByLabel('SIRET de l’organisation').fill(siret);
  await press(page, 'Enregistrer');
}

async function confirm(page: Page, citizen: string): Promise<void> {
  await press(page, 'S’identifier avec FranceConnect');
  await page.locator(`#citizen-${citizen}`).check();
  const chosen = page.url();
  await press(page, 'Continuer avec cette identité');
  // Whoever goes elsewhere before the answer has come gives the confirmation up.
  await expect(page).not.toHaveURL(chosen);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    // Everything here works without JavaScript; axe needs it.
    test.use({ colorScheme });
    test.beforeEach(async () => {
      const answer = await fetch(new URL('/admin/reset', federation.issuer), { method: 'POST' });
      expect(answer.ok).toBe(true);
    });

    test('no rule of axe is broken on the way to a certification', async ({ page }) => {
      await page.route(`${callback}**`, (route) => route.fulfill({ body: 'arrived' }));
      await signIn(page, 'dirigeant@yopmail.com');
      await join(page, company);
      await expect(heading(page)).toHaveText('Certifier votre statut');
      await check(page, 'the way to FranceConnect');

      await press(page, 'S’identifier avec FranceConnect');
      await expect(page).toHaveTitle('Choisir une identité - Imitation locale de FranceConnect');
      await check(page, 'the citizens');
      await press(page, 'Refuser');
      await expect(page).toHaveTitle(/^Erreur - Certifier votre statut/);
      await check(page, 'the refusal');

      await confirm(page, 'solene-marchand');
      await expect(heading(page)).toHaveText('Statut certifié 🎊');
      await check(page, 'the certified status');
      await press(page, 'Continuer');
      await expect(page.getByText('arrived')).toBeVisible();
      await page.goto(`${federation.identite}/users/select-organization`);
      await expect(page.getByText('certifié', { exact: true })).toBeVisible();
      await check(page, 'the choice with a certified organisation');
      await page.goto(`${federation.identite}/personal-information`);
      await expect(page.getByLabel('Prénom').getByRole('option')).toHaveText(['Solène Odile', 'Solène', 'Odile']);
      await check(page, 'the names that FranceConnect gave');
    });

    test('no rule of axe is broken where the register knows no such leader', async ({ page }) => {
      await signIn(page, 'dirigeant@yopmail.com');
      await join(page, company);
      await confirm(page, 'solene-marchand-homonyme');
      await expect(heading(page)).toContainText('Impossible de vous certifier');
      await expect(page.getByRole('row', { name: 'Date de naissance' })).toContainText('différent');
      await check(page, 'a close match');

      await join(page, association);
      await expect(heading(page)).toContainText('Structure non certifiable');
      await check(page, 'a structure that is not covered');

      // The identity is fresh, so another one has to be asked for.
      await page.goto(`${federation.identite}/users/franceconnect`);
      await confirm(page, 'lea-fontaine');
      await join(page, company);
      await expect(heading(page)).toContainText('Identité non trouvée');
      await check(page, 'no match');
      await page.goto(`${federation.identite}/users/personal-information`);
      await check(page, 'names that cannot be changed');

      await join(page, company);
      await page.getByRole('link', { name: 'Continuer sur le service' }).click();
      await expect(page.getByTestId('error-message')).toContainText('login_required (Certification dirigeant: no match)');
    });
  });
}
