// The pages of ProConnect Identité about second factors and the settings of an account.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startFederation, type Federation } from '../clients/federation.ts';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { expect, testWithoutStack as test } from '../fixtures/test.ts';

/** The sample's account with an authenticator, and its key. */
const withAuthenticator = 'authenticator@yopmail.com';
const key = 't5jzubj5i5l2amrqosajo64rs7c5ob5s';

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation([]);
});

test.afterAll(() => federation.stop());

/** The code of a key in base32 (RFC 6238), some steps of 30 seconds from now. */
function totp(base32: string, stepsAhead = 0): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  const bits = [...base32.replaceAll(' ', '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const mac = createHmac('sha1', bytes).update(step).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function check(page: Page, name: string): Promise<void> {
  await expectStructure(page, name);
  await expectAccessible(page, name);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, name);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Signs in with an account whose password is its address. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${federation.identite}/users/start-sign-in`);
  await page.getByLabel('Email professionnel').fill(email);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByLabel('Mot de passe').fill(email);
  await page.getByRole('button', { name: 'S’identifier' }).click();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('no rule of axe is broken while an authenticator is added, used and removed', async ({ page }) => {
      // Each theme has an account of its own: what is added stays.
      const email = colorScheme === 'light' ? 'user@yopmail.com' : 'prive@yopmail.com';
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await signIn(page, email);
      await page.getByRole('link', { name: 'Compte et connexion' }).click();
      await check(page, 'the settings of an account without a second factor');
      await page.getByRole('link', { name: 'Configurer la double authentification' }).click();
      await check(page, 'the choice of a second factor');
      await page.getByLabel('Code à usage unique').check();
      await press('Continuer');
      await check(page, 'the key of an authenticator');
      await page.getByLabel('Code à usage unique').fill('000000');
      await press('Valider');
      await expect(page).toHaveTitle(/^Erreur - /);
      await expect(page.getByText('Code invalide.')).toBeVisible();
      await check(page, 'a wrong code');
      const shown = await page.locator('#humanReadableTotpKey').innerText();
      await page.getByLabel('Code à usage unique').fill(totp(shown));
      await press('Valider');
      await expect(page.getByRole('alert')).toHaveText('L’application d’authentification a été ajoutée.');
      await check(page, 'the settings of an account with an authenticator');
      await page.getByText('Sur tous les sites').click();
      await press('Valider');
      await check(page, 'a second factor for all services');

      await page.goto(`${federation.identite}/oauth/logout`);
      await signIn(page, email);
      await check(page, 'the question for a code');
      // The code of the present step was used to confirm the authenticator.
      await page.getByLabel('Code à usage unique').fill(totp(shown, 1));
      await press('Valider');
      await page.goto(`${federation.identite}/connection-and-account`);
      await page.getByText('Supprimer l’application d’authentification').first().click();
      await check(page, 'the question whether to remove it');
      await press('Supprimer l’application d’authentification');
      await expect(page.getByRole('heading', { name: 'FreeOTP Authenticator' })).toHaveCount(0);
    });

    test('no rule of axe is broken on the way to a second factor for a service', async ({ page }) => {
      const go = (path: string) => page.goto(`${federation.identite}${path}`);
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await signIn(page, 'plusieurs@yopmail.com');
      await go('/users/double-authentication-choice');
      await check(page, 'the choice of a second factor for a service');
      await page.getByLabel('Code à usage unique').check();
      await press('Continuer');
      await check(page, 'the choice of an app');
      await press('J’ai installé mon outil, continuer');
      await check(page, 'the key of an authenticator for a service');

      await go('/users/mfa-decision-helper');
      await check(page, 'the question for the device');
      await page.getByLabel('Un autre appareil').check();
      await press('Continuer');
      await page.getByLabel('Non').check();
      await press('Continuer');
      await check(page, 'the question for a smartphone');
      await page.getByLabel('Non').check();
      await press('Continuer');
      await check(page, 'nothing that suits');
      for (const answer of ['passkey', 'totp-software', 'totp-application']) {
        await go(`/mfa-decision-helper/${answer}`);
        await check(page, answer);
      }
    });

    test('no rule of axe is broken when an account is deleted', async ({ page }) => {
      const email = colorScheme === 'light' ? withAuthenticator : 'toujours@yopmail.com';
      const secret = colorScheme === 'light' ? key : 'h6xfida4pwyeglw6v2q4rpue5g2bvmjx';
      await signIn(page, email);
      await page.goto(`${federation.identite}/connection-and-account`);
      await page.getByLabel('Code à usage unique').fill(totp(secret));
      await page.getByRole('button', { name: 'Valider' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compte et connexion');
      await page.getByText('Supprimer mon compte').click();
      await check(page, 'the question whether to delete the account');
      await page.getByRole('button', { name: 'Supprimer définitivement mon compte' }).click();
      await expect(page.getByRole('alert')).toHaveText('Votre compte a été supprimé.');
      await check(page, 'the start after a deletion');
    });
  });
}
