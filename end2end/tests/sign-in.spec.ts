// Signing in: through demo administrations, through Identité, and all the ways in which it does not work out.
import { expect, sessionOf, test } from '../fixtures/test.ts';
import {
  agent,
  expectAccount,
  fillAdministrationForm,
  giveEmail,
  identiteUser,
  pressProConnect,
  secondAgent,
  signIn,
  signInAtAdministration,
  signInAtIdentite,
} from '../fixtures/persona.ts';

test('B13 an agent of an administration signs in and sees who they are', async ({ page, stack }) => {
  await signIn(page, stack, agent);

  const main = page.getByRole('main');
  await expect(main).toContainText('219 200 235 00014');
  await main.getByRole('link', { name: 'Ma sécurité' }).click();
  await expect(page).toHaveURL(`${stack.app}/compte/securite`);
  await expect(main).toContainText('eidas1');
  await expect(main).toContainText(/fia1/i);
});

test('signing in leads back to the page that was looked at before', async ({ page, stack }) => {
  await page.goto('/donnees-personnelles');
  await page.getByRole('banner').getByRole('link', { name: 'Se connecter' }).click();
  await pressProConnect(page);
  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);

  await expect(page).toHaveURL(`${stack.app}/donnees-personnelles`);
});

test('so it does when the sign-in page is a document of its own', async ({ page }) => {
  await page.goto('/donnees-personnelles');
  await page.evaluate(() => location.assign('/connexion'));

  const button = page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' });
  await expect(button).toHaveAttribute('href', /return_to=%2Fdonnees-personnelles$/);
});

test('the session outlives a reload and a restart of the server', async ({ page, stack }) => {
  await signIn(page, stack, agent);

  await page.reload();
  await expectAccount(page, stack, agent);

  expect(await stack.server.stop()).toBe(0);
  await stack.server.start();
  await page.reload();
  await expectAccount(page, stack, agent);
});

test('an administration with other algorithms works as well', async ({ page, stack }) => {
  await signIn(page, stack, secondAgent);

  await expect(page.getByRole('main')).toContainText(/fia2/i);
});

test('a person without an administration signs in at Identité', async ({ page, stack }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, identiteUser.email);
  await expect(page).toHaveURL(new RegExp(`^${stack.identite}`));

  await signInAtIdentite(page, identiteUser);

  await expect(page).toHaveURL(`${stack.app}/compte`);
  await expect(page.getByRole('main')).toContainText(identiteUser.email);
});

test('a wrong password is told, and the right one then works', async ({ page, stack }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, identiteUser.email);

  await signInAtIdentite(page, { ...identiteUser, password: 'not the password' });
  await expect(page.getByRole('main')).toContainText('mot de passe incorrect');

  await signInAtIdentite(page, identiteUser);
  await expect(page).toHaveURL(`${stack.app}/compte`);
});

test('an address that several administrations share leads to a choice', async ({ page, stack }) => {
  const shared = { ...agent, email: 'test@polyfi.fr' };
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, shared.email);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choisir votre accès');

  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Continuer' }).click();
  await signInAtAdministration(page, shared);

  await expectAccount(page, stack, shared);
});

test('giving up at the administration leads back to a page with a way on', async ({ page, stack }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, agent.email);
  await page.getByRole('button', { name: 'Annuler' }).click();

  // ProConnect shows its own page first; its button carries the refusal to the service.
  await expect(page.getByTestId('error-section')).toBeVisible();
  await page.getByRole('link', { name: 'Réessayer de vous connecter' }).click();

  await expect(page).toHaveURL(new RegExp(`^${stack.app}`));
  await expect(page.getByTestId('problem-code')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  expect(await sessionOf(page)).toContain('anonymous');
});

test('a sign-in returns to the page it was asked for', async ({ page, stack }) => {
  await page.goto('/auth/login?return_to=%2Faccessibilite%3Fde%3Dcompte');
  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);

  await expect(page).toHaveURL(`${stack.app}/accessibilite?de=compte`);
});

for (const hostile of ['//evil.example', '/\\evil.example', 'https://evil.example/', '/%09/evil.example', 'javascript:alert(1)']) {
  test(`a sign-in never returns to ${hostile}`, async ({ page, stack }) => {
    const answer = await page.goto(`/auth/login?return_to=${encodeURIComponent(hostile)}`);
    if (answer?.status() === 400) return; // Refused at once is as good.

    await giveEmail(page, agent.email);
    await fillAdministrationForm(page, agent);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page).toHaveURL((url) => url.origin === stack.app);
  });
}

test('B11 two tabs can sign in at the same time', async ({ page, context, stack }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`${stack.app}/connexion`);
    await pressProConnect(tab);
  }

  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);
  await expectAccount(page, stack, agent);

  await other.goto(`${stack.app}/compte`);
  await expectAccount(other, stack, agent);
});
