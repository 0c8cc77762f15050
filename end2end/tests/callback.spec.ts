// What comes back from ProConnect, or pretends to: every refusal is a readable page with a way on.
import type { Page, Response } from '@playwright/test';
import { expect, observe, test } from '../fixtures/test.ts';
import { isOfTheFederation } from '../fixtures/stack.ts';
import { agent, expectAccount, giveEmail, pressProConnect, signIn, signInAtAdministration } from '../fixtures/persona.ts';

const marker = 'zz-echo-zz';

const forged: [string, string][] = [
  ['a callback with nothing at all', ''],
  ['an unknown state', `?code=${marker}&state=${marker}`],
  ['a refusal that nobody asked for', `?error=access_denied&error_description=${marker}&state=${marker}`],
  ['a state given twice', '?code=one&state=a&state=b'],
  ['a code and an error together', `?code=one&error=${marker}&state=one`],
  ['markup in every parameter', '?error=<script>alert(1)</script>&state=<img src=x onerror=alert(1)>'],
  ['bytes that are no text', '?code=%FF%FE&state=%C3%28'],
  ['a very long query', `?code=${'a'.repeat(6_000)}&state=b`],
];

for (const [what, query] of forged) {
  test(`${what} is refused with a readable page`, async ({ page, context, stack }) => {
    const answer = await page.goto(`/auth/callback${query}`);

    await expectReadableRefusal(page, answer, 400);
    expect(await page.content()).not.toContain(marker);
    expect((await context.cookies(stack.app)).filter(({ name }) => name.endsWith('session'))).toEqual([]);
  });
}

test('B3 a callback that was used already does not sign in again', async ({ page, context, stack }) => {
  let used = '';
  page.on('request', (request) => {
    if (request.url().startsWith(`${stack.app}/auth/callback`)) used = request.url();
  });
  await signIn(page, stack, agent);

  // With the session of that sign-in, the person simply stays signed in.
  await page.goto(used);
  await page.goto('/compte');
  await expectAccount(page, stack, agent);

  // Without it, there is nothing to be had.
  await context.clearCookies();
  const answer = await page.goto(used);
  await expectReadableRefusal(page, answer, 400);
});

test('B4 a sign-in that another browser started is refused', async ({ page, context, browser, stack, complaints }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, agent.email);
  await expect(page).toHaveURL(new RegExp(`^${stack.demo}`));

  // Someone else goes on with it: ProConnect's cookies went along, the service's own did not.
  const other = await browser.newContext();
  observe(other, stack, complaints);
  await other.addCookies((await context.cookies()).filter(isOfTheFederation));
  const tab = await other.newPage();
  await tab.goto(page.url());
  const [answer] = await Promise.all([
    tab.waitForResponse((response) => response.url().startsWith(`${stack.app}/auth/callback`)),
    signInAtAdministration(tab, agent),
  ]);
  await expectReadableRefusal(tab, answer, 400);
  await other.close();
});

async function expectReadableRefusal(page: Page, answer: Response | null, status: number): Promise<void> {
  expect(answer?.status()).toBe(status);
  expect(answer?.headers()['cache-control']).toContain('no-store');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByTestId('problem-code')).toBeVisible();
  await expect(page.getByRole('main').locator('a[href^="/auth/login"], a[href^="/connexion"]').first()).toBeVisible();
}
