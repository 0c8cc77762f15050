// The pages of ProConnect Identité on which people say who they are, prove that they belong to an organisation, and
// read why they cannot go on; and the scripts that help on the way.
import type { Page } from '@playwright/test';
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

/** A company that is closed, and one that is open. */
const closed = '99990024400016';
const open = '41816609600069';

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([]);
});

test.afterAll(() => federation.stop());

async function check(page: Page, name: string): Promise<void> {
  await expectStructure(page, name);
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, name);
  await page.setViewportSize({ width: 1280, height: 800 });
}

const go = (page: Page, path: string) => page.goto(`${federation.identite}${path}`);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function signIn(page: Page, email: string): Promise<void> {
  await go(page, '/users/start-sign-in');
  await page.getByLabel('Email professionnel').fill(email);
  await press(page, 'Continuer');
  await page.getByLabel('Mot de passe').fill(email);
  await press(page, 'S’identifier');
  await expect(page).toHaveURL(`${federation.identite}/`);
}

async function mailedWords(): Promise<string> {
  const mails = (await (await fetch(`${federation.mail}/email`)).json()) as { text: string }[];
  const code = mails.at(-1)?.text.split('\n').find((line) => /^[^\s-]+-[^\s-]+$/.test(line));
  if (!code) throw new Error('no code was mailed');
  return code;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('no rule of axe is broken where people say who they are', async ({ page }) => {
      await signIn(page, 'prive@yopmail.com');
      await page.getByRole('link', { name: 'Info personnelles' }).click();
      await check(page, 'the information');
      await page.getByLabel('Profession (facultatif)').fill('42');
      await press(page, 'Mettre à jour');
      await expect(page).toHaveTitle(/^Erreur - Informations personnelles/);
      await expect(page.getByLabel('Profession (facultatif)')).toHaveAccessibleDescription('Une profession contient des lettres.');
      await check(page, 'a wrong field');
      await page.getByLabel('Profession (facultatif)').fill(`Archiviste (${colorScheme})`);
      await press(page, 'Mettre à jour');
      await expect(page.getByText('Vos informations ont été mises à jour.')).toBeVisible();
      await check(page, 'the changed information');
    });

    test('no rule of axe is broken where a town hall is asked for a code', async ({ page }) => {
      await signIn(page, 'code-mairie@yopmail.com');
      await page.getByRole('link', { name: 'Organisations', exact: true }).click();
      const link = page.getByRole('link', { name: /^Saisir le code/ });
      await check(page, 'a link that is not confirmed');
      await link.click();
      await go(page, '/users/official-contact-ask-which-email/99990002000010?again=true');
      await check(page, 'the choice of an address');
      await page.getByLabel('accueil.petit-bourg@orange.fr').check();
      await press(page, 'Envoyer le code');
      await check(page, 'the code of two words');
      await page.getByLabel('Code de deux mots').fill('lapin lapin');
      await press(page, 'Valider');
      await expect(page).toHaveTitle(/^Erreur - /);
      await check(page, 'a wrong code');
      if (colorScheme === 'dark') {
        await page.getByLabel('Code de deux mots').fill((await mailedWords()).toUpperCase().replace('-', ' '));
        await press(page, 'Valider');
        await expect(page).toHaveURL(`${federation.identite}/`);
      }
    });

    test('no rule of axe is broken on an error page', async ({ page }) => {
      await go(page, '/oauth/authorize?client_id=unknown');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Erreur 400');
      await check(page, 'a client that is not known');
    });

    test('the rules of a password are marked while one types', async ({ page }) => {
      await go(page, '/users/start-sign-in');
      await page.getByLabel('Email professionnel').fill(`rules-${colorScheme}@entreprise.example`);
      await press(page, 'Continuer');
      const rule = (name: string) => page.getByRole('listitem').filter({ hasText: name });
      const marked = /rule--met/;
      await expect(rule('10 caractères minimum')).not.toHaveClass(marked);

      await page.getByLabel('Mot de passe').fill('aaa1');
      await expect(rule('1 chiffre minimum')).toHaveClass(marked);
      await expect(rule('2 caractères identiques')).not.toHaveClass(marked);
      await expect(page.getByText('Règles respectées : 3 / 7')).toBeAttached();
      await check(page, 'some rules');
      await page.getByLabel('Mot de passe').fill('Tr0is-loups-gris');
      await expect(page.getByText('Toutes les règles sont respectées.')).toBeAttached();
      await page.getByLabel('Mot de passe').fill('une phrase de passe bien à moi');
      await expect(page.getByText('Toutes les règles sont respectées.')).toBeAttached();
      await check(page, 'all rules');
    });

    test('the organisation of a SIRET is shown while one types', async ({ page }) => {
      await signIn(page, 'sans-organisation@yopmail.com');
      await go(page, '/users/join-organization');
      const field = page.getByLabel('SIRET de l’organisation');
      const preview = page.locator('[data-siret-preview]');
      await expect(preview).toBeHidden();

      await field.pressSequentially('418 166 096 00069');
      await expect(preview).toContainText('Octo-technology');
      await check(page, 'a SIRET that is known');
      await field.fill('4181660960006');
      await expect(preview).toBeHidden();
      await field.fill(closed);
      await expect(preview).toContainText('Cet établissement est fermé.');
      await check(page, 'a SIRET of a closed one');
      await field.fill('12345678901234');
      await expect(preview).toContainText('Ce SIRET n’est pas valide.');
      await page.route('**/api/sirene/**', (route) => route.fulfill({ status: 504 }));
      await field.fill(open);
      await expect(preview).toBeHidden();
      await page.unroute('**/api/sirene/**');
      await page.route('**/api/sirene/**', (route) => route.abort());
      await field.fill(closed);
      await expect(preview).toContainText('L’organisation ne peut pas être affichée');
    });

    test('another code is asked for after a while', async ({ page }) => {
      await page.clock.install();
      await go(page, '/users/start-sign-in');
      await page.getByLabel('Email professionnel').fill(`code-${colorScheme}@entreprise.example`);
      await press(page, 'Continuer');
      await page.getByLabel('Mot de passe').fill('une phrase de passe bien à moi');
      await press(page, 'Continuer');
      const button = page.getByRole('button', { name: 'Recevoir un nouveau code' });
      await expect(button).toBeDisabled();
      await expect(page.getByText(/^Disponible dans (20:00|19:5\d) min$/)).toBeVisible();
      await check(page, 'the wait for another code');

      await page.clock.fastForward('10:00');
      await expect(page.getByText(/^Disponible dans (10:00|9:\d\d) min$/)).toBeVisible();
      await page.clock.fastForward('10:01');
      await expect(button).toBeEnabled();
      await expect(page.getByRole('status').getByText('Vous pouvez demander un nouveau code.')).toBeAttached();
      await button.click();
      await expect(page.getByText('Code de vérification envoyé')).toBeVisible();
      await expect(button).toBeDisabled();
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the button for another code never waits and the rules are a list', async ({ page }) => {
    await go(page, '/users/start-sign-in');
    await page.getByLabel('Email professionnel').fill('no-script@entreprise.example');
    await press(page, 'Continuer');
    await expect(page.getByText('10 caractères minimum')).toBeVisible();
    await expect(page.getByText('(respecté)').first()).toBeHidden();
    await page.getByLabel('Mot de passe').fill('une phrase de passe bien à moi');
    await press(page, 'Continuer');
    await press(page, 'Recevoir un nouveau code');
    await expect(page.getByText('Code de vérification envoyé')).toBeVisible();
    await expect(page.getByText('Disponible dans')).toBeHidden();
  });
});
