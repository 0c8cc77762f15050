// The pages of a session: where one is signed in, the space behind a second step, and reading one's
// information again.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectStructure } from '../fixtures/a11y.ts';
import { agent, expectAccount, giveEmail, identiteUser, pressProConnect, signIn, signInAtAdministration, signInAtIdentite } from '../fixtures/persona.ts';
import { startStack, type Stack } from '../fixtures/stack.ts';
import { expect, observe, sessionOf, settled, test, testWithoutStack } from '../fixtures/test.ts';

const appearances = [
  { name: 'light', use: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark', use: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  { name: '320 pixels wide', use: { colorScheme: 'light', viewport: { width: 320, height: 640 } } },
] as const;

async function examine(page: Page, name: string): Promise<void> {
  await settled(page);
  await expectStructure(page, name);
  await expectAccessible(page, name);
  await expectNoSidewaysScroll(page, name);
}

/** One that no other test uses, so that its session is known in the list. */
const tablet = {
  userAgent: 'Mozilla/5.0 (Linux; Android 15; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36',
  words: 'Samsung Internet sur Android',
};

/** The same person signs in with another browser. */
async function elsewhere(browser: Browser, stack: Stack, complaints: string[], options: BrowserContextOptions = {}): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  observe(context, stack, complaints);
  const page = await context.newPage();
  await signIn(page, stack, agent);
  return [context, page];
}

test('E18 a person sees their sessions, ends one, and its browser is told why', async ({ page, browser, stack, complaints }) => {
  await signIn(page, stack, agent);
  const [other, there] = await elsewhere(browser, stack, complaints, { userAgent: tablet.userAgent });

  await page.goto('/compte');
  await page.getByRole('main').getByRole('link', { name: 'Mes sessions' }).click();
  await expect(page).toHaveURL(`${stack.app}/compte/sessions`);
  const sessions = page.getByTestId('session');
  const current = sessions.filter({ hasText: 'en ce moment' });
  await expect(current).toHaveCount(1);
  await expect(current.getByRole('heading')).toHaveText('Chrome sur Linux');
  await expect(current.getByRole('button')).toHaveCount(0);

  const before = await sessions.count();
  const theirs = sessions.filter({ hasText: tablet.words });
  const end = theirs.getByRole('button', { name: /Mettre fin à cette session/ });
  await end.click();
  // Nothing ends unasked, and focus follows the question.
  const confirm = theirs.getByRole('button', { name: 'Mettre fin', exact: true });
  await expect(confirm).toBeFocused();
  await theirs.getByRole('button', { name: 'Annuler' }).click();
  await expect(end).toBeFocused();
  await end.click();
  await confirm.click();
  await expect(sessions).toHaveCount(before - 1);

  await there.reload();
  await expect(there.getByRole('main')).not.toContainText(agent.usualName);
  expect(await sessionOf(there)).toContain('session_revoked');
  await there.goto(`${stack.app}/compte/sessions`);
  await expect(there.getByRole('main')).toContainText('depuis un autre appareil');
  await other.close();
});

test('E18 all other sessions end at once, this one stays', async ({ page, browser, stack, complaints }) => {
  await signIn(page, stack, agent);
  const [other, there] = await elsewhere(browser, stack, complaints);
  const [third, overThere] = await elsewhere(browser, stack, complaints);

  await page.goto('/compte/sessions');
  await page.getByRole('button', { name: 'Mettre fin à toutes les autres sessions' }).click();
  await page.getByRole('button', { name: 'Mettre fin', exact: true }).click();

  await expect(page.getByTestId('session')).toHaveCount(1);
  await expect(page.getByTestId('alone')).toBeVisible();
  await page.goto('/compte');
  await expectAccount(page, stack, agent);
  for (const tab of [there, overThere]) expect(await sessionOf(tab)).toContain('session_revoked');
  await Promise.all([other.close(), third.close()]);
});

test('B17 the protected space asks for a second step, and takes the person back to it', async ({ page, stack }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, identiteUser.email);
  await signInAtIdentite(page, identiteUser);
  await expect(page).toHaveURL(`${stack.app}/compte`);

  await page.goto('/espace-protege');
  await expect(page.getByTestId('raise')).toHaveText('Confirmer mon identité');
  await expect(page.getByLabel('Votre note')).toHaveCount(0);
  await page.getByTestId('raise').click();
  await page.getByLabel(/code/i).first().fill(await codeMailedTo(stack, identiteUser.email));
  await page.getByRole('button', { name: /Continuer|Valider|Vérifier/ }).first().click();

  await expect(page).toHaveURL(`${stack.app}/espace-protege`);
  await expect(page.getByLabel('Votre note')).toBeVisible();
  await page.goto('/compte');
  await expect(page.getByTestId('acr')).toContainText('deux étapes');
});

test('B17 who gives up the second step keeps the session as it was', async ({ page }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, identiteUser.email);
  await signInAtIdentite(page, identiteUser);
  await page.goto('/espace-protege');
  await page.getByTestId('raise').click();
  await expect(page.getByLabel(/code/i).first()).toBeVisible();

  await page.goto('/espace-protege');

  await expect(page.getByTestId('raise')).toBeVisible();
  expect(await sessionOf(page)).toContain('signed_in');
});

test('reading one’s information again keeps the page, and says what came of it', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  const read = page.getByTestId('read-at');
  await expect(read).toBeVisible();

  const answer = page.waitForResponse(`${stack.app}/api/refresh_identity`);
  await page.getByRole('button', { name: 'Actualiser mes informations' }).click();

  expect((await answer).status()).toBe(200);
  await expect(page.locator('[role=status]').filter({ hasText: 'Vos informations sont à jour.' })).toHaveCount(1);
  await expectAccount(page, stack, agent);
});

test('a reading that fails says so, and the session goes on', async ({ page, context, stack }) => {
  await signIn(page, stack, agent);
  await context.setOffline(true);

  await page.getByRole('button', { name: 'Actualiser mes informations' }).click();

  await expect(page.getByRole('heading', { name: 'Vos informations n’ont pas été actualisées' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Le service n’a pas pu être joint');
  await context.setOffline(false);
  await expectAccount(page, stack, agent);
});

for (const appearance of appearances) {
  test.describe(appearance.name, () => {
    test.use(appearance.use);

    test('the pages of a session', async ({ page, browser, stack, complaints }) => {
      test.setTimeout(90_000);
      await page.goto('/compte/sessions');
      await examine(page, 'sessions, anonymous');
      await page.goto('/espace-protege');
      await examine(page, 'protected space, anonymous');
      await page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' }).click();
      await giveEmail(page, agent.email);
      await signInAtAdministration(page, agent);
      await expect(page.getByLabel('Votre note')).toBeVisible();
      await examine(page, 'protected space');
      const [other] = await elsewhere(browser, stack, complaints);
      await page.goto('/compte/sessions');
      await page.getByRole('button', { name: 'Mettre fin à toutes les autres sessions' }).click();
      await examine(page, 'sessions, with a question');
      await page.goto('/compte');
      await expect(page.getByTestId('read-at')).toBeVisible();
      await examine(page, 'account');
      await other.close();
    });
  });
}

testWithoutStack('who may not enter is told why, and can come back as another person', async ({ page, context, complaints }) => {
  const stack = await startStack({ environment: { ACCESS_EMAIL_DOMAINS: 'fia2.fr' } });
  try {
    observe(context, stack, complaints);
    await page.goto(`${stack.app}/connexion`);
    await pressProConnect(page);
    await giveEmail(page, agent.email);
    await signInAtAdministration(page, agent);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous n’avez pas accès à ce service');
    await expect(page.getByRole('main')).toContainText('fia1.fr');
    await expectAccessible(page, 'no access');
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page, 'no access');

    await page.getByRole('link', { name: /autre compte/ }).or(page.getByRole('button', { name: /autre compte/ })).first().click();
    await expect(page.locator('#email-input')).toBeVisible();
    await giveEmail(page, 'test@fia2.fr');
    await signInAtAdministration(page, { ...agent, email: 'test@fia2.fr' });
    await expectAccount(page, stack, { ...agent, email: 'test@fia2.fr' });
  } finally {
    await stack.close();
  }
});

testWithoutStack('a silent sign-in finds who is known at ProConnect, and shows nobody anything else', async ({ page, context, complaints }) => {
  const stack = await startStack({ environment: { SILENT_SIGN_IN: 'true' } });
  try {
    observe(context, stack, complaints);
    await page.goto(stack.app);
    await settled(page);
    await expect(page).toHaveURL(`${stack.app}/`);
    expect(await sessionOf(page)).toContain('anonymous');

    await signIn(page, stack, agent);
    await context.clearCookies({ domain: new URL(stack.app).hostname, name: /^app-/ });
    await page.goto(`${stack.app}/compte`);
    await expectAccount(page, stack, agent);
  } finally {
    await stack.close();
  }
});

/** The code of the latest mail to an address. */
async function codeMailedTo(stack: Stack, email: string): Promise<string> {
  let code: string | undefined;
  await expect
    .poll(async () => {
      const mails = (await (await fetch(`${stack.mail}/email`)).json()) as { to: { address: string }[]; text: string }[];
      const mine = mails.filter(({ to }) => to.some(({ address }) => address === email));
      code = /\b\d{10}\b|\b\d{8}\b/.exec(mine.at(-1)?.text ?? '')?.[0];
      return code;
    })
    .toBeDefined();
  return code ?? '';
}
