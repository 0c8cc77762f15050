// The pages of ProConnect Identité on the way of a new person: account, organisation, moderation.
import type { Page } from '@playwright/test';
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

const password = 'une phrase de passe bien à moi';
/** A town hall that keeps its moderator, and a company that takes everybody of its domain. */
const moderated = '99990001200017';
const made = '73282932000074';

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

async function mailedCode(): Promise<string> {
  const mails = (await (await fetch(`${federation.mail}/email`)).json()) as { text: string }[];
  const code = /\b\d{10}\b/.exec(mails.at(-1)?.text ?? '')?.[0];
  if (!code) throw new Error('no code was mailed');
  return code;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    // Everything here works without JavaScript; axe needs it.
    test.use({ colorScheme });

    test('no rule of axe is broken on the way to an account and an organisation', async ({ page }) => {
      const go = (path: string) => page.goto(`${federation.identite}${path}`);
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

      await go('/users/start-sign-in');
      await check(page, 'the start');
      await page.getByLabel('Email professionnel').fill(`ada-${colorScheme}@entreprise.example`);
      await press('Continuer');
      await check(page, 'the choice of a password');
      await page.getByLabel('Mot de passe').fill('court');
      await press('Continuer');
      await expect(page).toHaveTitle(/^Erreur - /);
      await check(page, 'a password that is refused');
      await page.getByLabel('Mot de passe').fill(password);
      await press('Continuer');
      await check(page, 'the code');
      await page.getByLabel('Insérer le code à 10 chiffres').fill(await mailedCode());
      await press('Valider');
      await check(page, 'the home page');

      await go('/manage-organizations');
      await check(page, 'no organisation');
      await page.getByRole('link', { name: 'Rejoindre une autre organisation' }).click();
      await page.getByLabel('Nom ou SIRET').fill('paris');
      await press('Rechercher');
      await check(page, 'the search');
      await page.getByLabel('SIRET de l’organisation').fill(moderated);
      await press('Enregistrer');
      await check(page, 'the names');
      await page.getByLabel('Prénom').fill('Ada');
      await page.getByLabel('Nom', { exact: true }).fill('Lovelace');
      await press('Continuer');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rattachement en cours');
      await check(page, 'the pending request');

      await go('/users/join-organization?do_not_propose_suggestions=true');
      await page.getByLabel('SIRET de l’organisation').fill(made);
      await press('Enregistrer');
      await check(page, 'the welcome');
      await go('/manage-organizations');
      await check(page, 'an organisation and a pending request');

      await page.goto(new URL('/moderation', federation.issuer).href);
      await check(page, 'the moderation');
    });

    test('no rule of axe is broken on the ways back into an account', async ({ page }) => {
      const go = (path: string) => page.goto(`${federation.identite}${path}`);
      await go('/users/reset-password');
      await check(page, 'the reset');
      await go('/users/change-password');
      await check(page, 'another password');
      await go('/users/start-sign-in');
      await page.getByLabel('Email professionnel').fill('user@yopmail.com');
      await page.getByRole('button', { name: 'Continuer' }).click();
      await check(page, 'the password');
      await page.getByRole('button', { name: 'Recevoir un lien de connexion' }).click();
      await check(page, 'the link that was sent');
      await go('/users/sign-in-with-magic-link?magic_link_token=x');
      await check(page, 'a link');
    });
  });
}
