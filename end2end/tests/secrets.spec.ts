// Nothing secret or personal is written to the log, even at the most talkative level.
import { expect, test } from '../fixtures/test.ts';
import { agent, giveEmail, identiteUser, pressProConnect, signIn, signInAtIdentite, signOut } from '../fixtures/persona.ts';

test('F19 the log of a whole run has none of the secrets that were seen', async ({ page, stack }) => {
  await signIn(page, stack, agent);
  await signOut(page);
  await expect(page).toHaveURL(`${stack.app}/deconnexion`);

  await page.goto('/connexion');
  await pressProConnect(page);
  await giveEmail(page, identiteUser.email);
  await signInAtIdentite(page, { ...identiteUser, password: 'not the password' });
  await signInAtIdentite(page, identiteUser);
  await expect(page).toHaveURL(`${stack.app}/compte`);
  await page.goto('/auth/callback?code=a-code-of-nobody&state=a-state-of-nobody');

  // The search is worth something: it knows secrets of each kind, and the log is talkative.
  const kinds = stack.secrets.seen();
  const between = stack.scheme === 'https' ? ['access_token', 'id_token', 'code_verifier', 'userinfo'] : [];
  for (const kind of ['code', 'state', 'nonce', 'cookie', 'password', 'email', 'client_secret', ...between]) {
    expect(kinds, `secrets of kind ${kind}`).toContain(kind);
  }
  expect(stack.server.log.split('\n').length).toBeGreaterThan(20);
  expect(stack.secrets.foundIn(stack.server.log)).toEqual([]);
});

test('the search for secrets finds one', async ({ stack }) => {
  const [state = ''] = stack.secrets.of('state');

  expect(state).not.toBe('');
  expect(stack.secrets.foundIn(`${stack.server.log}\nGET /auth/callback?state=${state}`)).toHaveLength(1);
});
