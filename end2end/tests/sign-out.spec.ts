// Signing out: of the service, of ProConnect and of the administration, in one go.
import { expect, sessionOf, test } from '../fixtures/test.ts';
import { agent, expectAccount, giveEmail, pressProConnect, signIn, signInAtAdministration, signOut } from '../fixtures/persona.ts';

test('F7 signing out ends every session, and the next sign-in asks for everything again', async ({ page, stack }) => {
  await signIn(page, stack, agent);

  await signOut(page);

  await expect(page).toHaveURL(`${stack.app}/deconnexion`);
  expect(await sessionOf(page)).toContain('anonymous');

  await page.goto('/connexion');
  await pressProConnect(page); // Here ProConnect would have passed on at once.
  await giveEmail(page, agent.email);
  await expect(page).toHaveURL(new RegExp(`^${stack.demo}/fia1/`)); // And here the administration.
  await signInAtAdministration(page, agent);
  await expectAccount(page, stack, agent);
});

test('without signing out, the next sign-in asks for nothing', async ({ page, context, stack }) => {
  await signIn(page, stack, agent);

  await context.clearCookies({ domain: new URL(stack.app).hostname, name: /session$/ });
  await page.goto('/connexion');
  await page.getByRole('link', { name: 'S’identifier avec ProConnect' }).first().click();

  await expectAccount(page, stack, agent);
});

test('E8 the old cookie is worth nothing after signing out', async ({ page, context, stack }) => {
  await signIn(page, stack, agent);
  const stolen = await context.cookies(stack.app);

  await signOut(page);
  await expect(page).toHaveURL(`${stack.app}/deconnexion`);

  await context.addCookies(stolen);
  await page.goto('/compte');
  expect(await sessionOf(page)).toContain('session_expired');
  await expect(page.getByRole('main')).not.toContainText(agent.usualName);
});

test('a page with the session open in another tab learns of the end', async ({ page, context, stack }) => {
  await signIn(page, stack, agent);
  const other = await context.newPage();
  await other.goto(`${stack.app}/compte`);
  await expectAccount(other, stack, agent);

  await signOut(page);
  await expect(page).toHaveURL(`${stack.app}/deconnexion`);

  await other.reload();
  await expect(other.getByRole('main')).not.toContainText(agent.usualName);
});
