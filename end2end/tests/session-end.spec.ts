// The end of a session, as people like it: told before, bearable after, and known in every tab.
import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/a11y.ts';
import { executablePath, args } from '../fixtures/chromium.ts';
import { agent, expectAccount, giveEmail, signIn, signInAtAdministration, signOut } from '../fixtures/persona.ts';
import { startStack, type Stack } from '../fixtures/stack.ts';
import { expect, observe, settled, test, testWithoutStack } from '../fixtures/test.ts';
import { minutesPass, resetTime } from '../fixtures/time.ts';

/** A colleague of the same administration. */
const other = { ...agent, email: 'collegue@fia1.fr', givenName: 'Bérénice' };

const soon = 'Votre session se termine bientôt';
const over = 'Votre session est terminée';

const dialog = (page: Page) => page.getByRole('alertdialog');
const note = (page: Page) => page.getByLabel('Votre note');

/** A page whose time the test moves. */
async function pageWithClock(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.clock.install();
  return page;
}

/** Opens the protected space, by a sign-in in two steps. */
async function enterSpace(page: Page, stack: Stack, who = agent): Promise<void> {
  await page.goto(`${stack.app}/espace-protege`);
  await page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' }).click();
  await finishTwoSteps(page, who);
  await expect(note(page)).toBeVisible();
}

/** From ProConnect's email page to the service. */
async function finishTwoSteps(page: Page, who = agent): Promise<void> {
  await expect(page.locator('#email-input')).toBeVisible();
  await giveEmail(page, who.email);
  await signInAtAdministration(page, who);
}

test.describe('with the time of the whole stack', () => {
  test.afterEach(({ stack }) => resetTime(stack));

  test('the end is told two minutes before, and can be put off', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await signIn(page, stack, agent);

    await minutesPass(stack, 27, page);
    await expect(dialog(page)).toBeHidden();
    await minutesPass(stack, 1.5, page);

    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page)).toHaveAccessibleName(soon);
    await expect(dialog(page)).toHaveAccessibleDescription(/prendra fin dans moins de deux minutes/);
    const stay = dialog(page).getByRole('button', { name: 'Prolonger ma session' });
    await expect(stay).toBeFocused();
    await expectAccessible(page, 'the warning');
    await stay.click();
    await expect(dialog(page)).toBeHidden();

    // Escape is an answer, too.
    await minutesPass(stack, 28.5, page);
    await expect(dialog(page)).toBeVisible();
    // A browser may close the dialog before the server has heard of it, and time must not pass in between.
    const stayed = page.waitForResponse('**/api/stay');
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    await stayed;

    await minutesPass(stack, 20, page);
    await page.reload();
    await expectAccount(page, stack, agent);
  });

  test('the warning fits a small screen, in the dark', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${stack.app}/compte`);
    await page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' }).click();
    await giveEmail(page, agent.email);
    await signInAtAdministration(page, agent);
    await expectAccount(page, stack, agent);

    await minutesPass(stack, 28.5, page);

    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page, 'the warning');
    await expectNoSidewaysScroll(page, 'the warning');
  });

  test('what one does in one tab keeps the others from warning', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await signIn(page, stack, agent);
    const second = await pageWithClock(context);
    await second.goto(`${stack.app}/compte`);
    await expectAccount(second, stack, agent);

    await minutesPass(stack, 20, page, second);
    const told = second.waitForResponse(`${stack.app}/api/stay`);
    await second.getByRole('heading', { level: 1 }).click();
    await told;

    const asked = page.waitForResponse(`${stack.app}/api/session`);
    await minutesPass(stack, 9, page, second);
    await asked;
    await expect(dialog(page)).toBeHidden();
    await expectAccount(page, stack, agent);
  });

  test('F10 what was typed outlives the session, and is sent once the same person is back', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await enterSpace(page, stack);
    await note(page).fill('Écrit avant la fin.');

    await minutesPass(stack, 31, page);
    await expect(dialog(page)).toHaveAccessibleName(over);
    await expect(note(page)).toBeHidden(); // Nobody may read it meanwhile.
    await expectAccessible(page, 'the end');

    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      dialog(page).getByRole('link', { name: 'Se reconnecter' }).click(),
    ]);
    // ProConnect still knows the person, and at this level: nothing is asked.
    await expect(note(tab)).toHaveValue('');

    await expect(dialog(page)).toBeHidden();
    await expect(note(page)).toHaveValue('Écrit avant la fin.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByTestId('saved')).toHaveText('Note enregistrée.');
    await tab.reload();
    await expect(note(tab)).toHaveValue('Écrit avant la fin.');
  });

  test('F10 what was typed is kept when the end is only found out by sending it', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await enterSpace(page, stack);
    await note(page).fill('Envoyé trop tard.');
    await minutesPass(stack, 31); // For the page, no time has passed: its clock may be wrong.

    const refused = page.waitForResponse(`${stack.app}/api/save_note`);
    await page.getByRole('button', { name: 'Enregistrer' }).click();

    expect((await refused).status()).toBe(401);
    expect((await refused).headers()['content-type']).toContain('application/json');
    await expect(dialog(page)).toHaveAccessibleName(over);
    await expect(page.locator('#note')).toHaveValue('Envoyé trop tard.');
  });

  test('F10 B16 nothing that one person typed is sent in the name of another', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await enterSpace(page, stack);
    await note(page).fill('Confidentiel.');
    await minutesPass(stack, 31, page);
    await expect(dialog(page)).toHaveAccessibleName(over);
    const sent: string[] = [];
    context.on('request', (request) => sent.push(request.postData() ?? ''));

    // Another person takes the seat, whom ProConnect does not know yet.
    await context.clearCookies({ name: /^(pc_|identite|demo_fi)/ });
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      dialog(page).getByRole('link', { name: 'Se reconnecter' }).click(),
    ]);
    await finishTwoSteps(tab, other);
    await expect(note(tab)).toHaveValue('');

    await expect(dialog(page)).toBeHidden();
    await expect(note(page)).toHaveValue('');
    await expect(page.getByRole('banner')).toContainText(other.givenName);
    expect(sent.filter((body) => body.includes('Confidentiel'))).toEqual([]);
  });

  test('who gives up their typing at the end is shown what anybody sees', async ({ context, stack }) => {
    const page = await pageWithClock(context);
    await enterSpace(page, stack);
    await note(page).fill('À oublier.');
    await minutesPass(stack, 31, page);

    await dialog(page).getByRole('button', { name: 'Abandonner ma saisie' }).click();

    await expect(dialog(page)).toBeHidden();
    await expect(note(page)).toBeHidden();
    await expect(page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' })).toBeVisible();
    expect(await page.content()).not.toContain('À oublier');
  });

  test('F9 signing out in one tab is seen in the others within two seconds', async ({ page, context, stack }) => {
    await signIn(page, stack, agent);
    const second = await context.newPage();
    await second.goto(`${stack.app}/compte`);
    await expectAccount(second, stack, agent);

    await signOut(page);

    await expect(second.getByRole('main')).not.toContainText(agent.usualName, { timeout: 2_000 });
    await expect(second.getByRole('banner')).not.toContainText(agent.givenName);
    await expect(page).toHaveURL(`${stack.app}/deconnexion`);
  });

  test('F9 a tab that was told nothing finds out when it is looked at again', async ({ page, context, stack }) => {
    await signIn(page, stack, agent);
    const deaf = await context.newPage();
    await deaf.addInitScript(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
    await deaf.goto(`${stack.app}/compte`);
    await expectAccount(deaf, stack, agent);
    await signOut(page);
    await expect(page).toHaveURL(`${stack.app}/deconnexion`);
    await expect(deaf.getByRole('main')).toContainText(agent.usualName);

    await deaf.evaluate(() => window.dispatchEvent(new Event('focus')));

    await expect(deaf.getByRole('main')).not.toContainText(agent.usualName);
  });

  test('without a network one is told so, and nothing typed is lost', async ({ page, context, stack }) => {
    await enterSpace(page, stack);
    await note(page).fill('Écrit dans le train.');

    await context.setOffline(true);
    await expect(page.getByRole('status').filter({ hasText: 'connexion à internet est coupée' })).toBeVisible();
    await expectAccessible(page, 'offline');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('heading', { name: 'La note n’est pas enregistrée' })).toBeVisible();
    await expect(note(page)).toHaveValue('Écrit dans le train.');

    await context.setOffline(false);
    await expect(page.getByText('connexion à internet est coupée')).toBeHidden();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByTestId('saved')).toHaveText('Note enregistrée.');
  });
});

testWithoutStack('F13 the back button brings nobody’s data back after signing out', async ({ playwright, complaints }) => {
  const stack = await startStack();
  // As people have it: pages are kept for the back button.
  const browser = await playwright.chromium.launch({
    executablePath,
    args,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const context = await browser.newContext({ locale: 'fr-FR' });
    observe(context, stack, complaints);
    const page = await context.newPage();
    const seen: string[] = [];
    await page.exposeFunction('note', (text: string) => seen.push(text));
    await page.addInitScript(() => {
      const tell = (window as unknown as { note(text: string): void }).note;
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) requestAnimationFrame(() => tell(`kept: ${document.body.innerText}`));
      });
    });
    await signIn(page, stack, agent);
    await signOut(page);
    await expect(page).toHaveURL(`${stack.app}/deconnexion`);
    await settled(page);

    await page.goBack();

    await expect(page.getByRole('main')).not.toContainText(agent.usualName);
    await expect(page.getByRole('banner').locator('[aria-controls=menu-personnel]')).toBeHidden();
    for (const text of seen) expect(text).not.toContain(agent.usualName);
  } finally {
    await browser.close();
    await stack.close();
  }
});

testWithoutStack('the end of the longest duration is told, and cannot be put off', async ({ context, complaints }) => {
  const stack = await startStack({ environment: { SESSION_ABSOLUTE: '35m' } });
  try {
    observe(context, stack, complaints);
    const page = await pageWithClock(context);
    await signIn(page, stack, agent);
    await minutesPass(stack, 20, page);
    const told = page.waitForResponse(`${stack.app}/api/stay`);
    await page.getByRole('heading', { level: 1 }).click();
    await told;

    await minutesPass(stack, 13.5, page);
    await expect(dialog(page)).toBeVisible();
    await expect(dialog(page)).toHaveAccessibleDescription(/durée maximale/);
    await expect(dialog(page).getByRole('button', { name: 'Prolonger ma session' })).toBeHidden();
    await dialog(page).getByRole('button', { name: 'Fermer' }).click();
    await expect(dialog(page)).toBeHidden();
    await expectAccount(page, stack, agent);

    await minutesPass(stack, 2, page);
    await expect(dialog(page)).toHaveAccessibleName(over);
  } finally {
    await stack.close();
  }
});
