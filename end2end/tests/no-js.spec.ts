// Without JavaScript: everything that matters still works.
import { expect, test } from '../fixtures/test.ts';
import { agent, giveEmail, pressProConnect, signInAtAdministration } from '../fixtures/persona.ts';

test.use({ javaScriptEnabled: false });

test('the sign-in page has its link, its help and its footer', async ({ page }) => {
  await page.goto('/connexion');

  const link = page.getByRole('main').getByRole('link', { name: 'S’identifier avec ProConnect' });
  await expect(link).toHaveAttribute('href', /^\/auth\/login\?return_to=/);
  await expect(page.getByRole('link', { name: /Qu’est-ce que ProConnect/ })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Accessibilité : non conforme');
});

test('F17 a whole sign-in works and ends with a session', async ({ page, stack }) => {
  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, agent.email);
  await signInAtAdministration(page, agent);

  await expect(page).toHaveURL(`${stack.app}/compte`);
  const session = await page.goto('/api/session');
  expect(await session?.text()).toContain('signed_in');
});

test('an unknown address has a readable page', async ({ page }) => {
  const answer = await page.goto('/nowhere');

  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
});
