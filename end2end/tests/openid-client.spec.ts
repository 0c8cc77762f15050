// npm's openid-client, a certified relying party, against the stand-alone local ProConnect: it throws at the first
// answer that is not as the standards say.
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import * as oidc from 'openid-client';
import { HttpBrowser } from '../clients/browser.ts';
import { startFederation, type Federation } from '../clients/federation.ts';
import { Service, type Alg, type Registration } from '../clients/openid-client.ts';

const origin = 'https://service.test';
const email = 'test@fia1.fr';
const scopes = ['openid', 'given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id', 'roles', 'organization_label'];

function registration(idTokenAlg: Alg, userinfoAlg?: Alg, introspectionAlg?: Alg): Registration {
  return {
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString('hex'),
    redirectUri: `${origin}/callback`,
    postLogoutRedirectUri: `${origin}/out`,
    idTokenAlg,
    ...(userinfoAlg && { userinfoAlg }),
    ...(introspectionAlg && { introspectionAlg }),
  };
}

const registrations = [
  registration('RS256', 'RS256', 'ES256'),
  registration('ES256', 'ES256', 'RS256'),
  registration('HS256', 'HS256', 'HS256'),
  registration('RS256'),
];

let federation: Federation;

test.beforeAll(async () => {
  federation = await startFederation(
    registrations.map((service) => ({
      name: 'openid-client',
      client_id: service.clientId,
      client_secret: service.clientSecret,
      redirect_uris: [service.redirectUri],
      post_logout_redirect_uris: [service.postLogoutRedirectUri],
      scopes,
      id_token_signed_response_alg: service.idTokenAlg,
      ...(service.userinfoAlg && { userinfo_signed_response_alg: service.userinfoAlg }),
      ...(service.introspectionAlg && { introspection_signed_response_alg: service.introspectionAlg }),
      type: 'private',
    })),
  );
});

test.afterAll(() => federation.stop());

for (const service of registrations) {
  const kinds = `id_token ${service.idTokenAlg}, userinfo ${service.userinfoAlg ?? 'JSON'}, introspection ${service.introspectionAlg ?? 'JSON'}`;

  for (const pkce of [true, false]) {
    test(`signs in ${pkce ? 'with' : 'without'} PKCE: ${kinds}`, async () => {
      const client = await Service.discover(federation.issuer, service);

      const tokens = await client.signIn(new HttpBrowser(origin), { email, pkce });
      const claims = await client.userinfo(tokens);

      expect(tokens.expires_in).toBe(3600);
      expect(tokens.refresh_token).toBeTruthy();
      expect(claims).toMatchObject({ email, idp_id: 'fia1', siret: expect.stringMatching(/^\d{14}$/) });
      expect(claims.roles).toContain('agent_public');
      await client.verifyHmac(await rawUserinfo(client, tokens.access_token), service.userinfoAlg);
    });
  }

  test(`refreshes, introspects, revokes and signs out: ${kinds}`, async () => {
    const client = await Service.discover(federation.issuer, service);
    const browser = new HttpBrowser(origin);
    const params = { claims: JSON.stringify({ id_token: { acr: null, amr: null } }) };
    const first = await client.signIn(browser, { email, pkce: true, params });

    const second = await oidc.refreshTokenGrant(client.config, first.refresh_token ?? '');
    const before = first.claims();
    expect(before).toMatchObject({ acr: 'eidas1', amr: ['pwd'] });
    for (const kept of ['sub', 'acr', 'amr', 'nonce', 'auth_time']) expect(second.claims()?.[kept]).toEqual(before?.[kept]);

    const state = await oidc.tokenIntrospection(client.config, second.access_token);
    expect(state).toMatchObject({ active: true, sub: before?.sub, client_id: service.clientId, token_type: 'Bearer' });

    await oidc.tokenRevocation(client.config, second.access_token);
    expect((await oidc.tokenIntrospection(client.config, second.access_token)).active).toBe(false);
    await expect(client.userinfo(second)).rejects.toBeInstanceOf(oidc.WWWAuthenticateChallengeError);
    await oidc.tokenRevocation(client.config, first.refresh_token ?? '');
    await expect(oidc.refreshTokenGrant(client.config, first.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: 'grant request is invalid',
    });

    const farewell = oidc.randomState();
    const out = await browser.open(client.endSessionUrl(second.id_token ?? '', farewell));
    expect(out.url.href).toBe(`${service.postLogoutRedirectUri}?state=${farewell}`);
    const again = await browser.open(oidc.buildAuthorizationUrl(client.config, silent(service)));
    expect(again.url.searchParams.get('error')).toBe('login_required');
  });
}

test('a refresh token is replaced late in its life, and the old one then revokes everything', async () => {
  const [service] = registrations;
  if (!service) throw new Error('no registration');
  const client = await Service.discover(federation.issuer, service);
  const tokens = await client.signIn(new HttpBrowser(origin), { email, pkce: true });
  const first = tokens.refresh_token ?? '';
  const nineHours = 9 * 3600;

  try {
    expect((await oidc.refreshTokenGrant(client.config, first)).refresh_token).toBe(first);
    await federation.setClockAhead(nineHours);
    Object.assign(client.config.clientMetadata(), { [oidc.clockSkew]: nineHours });
    const second = (await oidc.refreshTokenGrant(client.config, first)).refresh_token ?? '';
    expect(second).not.toBe(first);
    for (const dead of [first, second]) {
      await expect(oidc.refreshTokenGrant(client.config, dead)).rejects.toMatchObject({ error: 'invalid_grant' });
    }
  } finally {
    await federation.setClockAhead(0);
  }
});

test('reads the errors of an authorization request and of a code', async () => {
  const [service] = registrations;
  if (!service) throw new Error('no registration');
  const client = await Service.discover(federation.issuer, service);

  const refused = await new HttpBrowser(origin).open(oidc.buildAuthorizationUrl(client.config, silent(service)));
  await expect(
    oidc.authorizationCodeGrant(client.config, refused.url, { expectedState: 'a-state' }),
  ).rejects.toMatchObject({ code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR', error: 'login_required' });

  const forged = new URL(`${service.redirectUri}?${new URLSearchParams({ code: 'x', state: 'a-state', iss: federation.issuer })}`);
  await expect(
    oidc.authorizationCodeGrant(client.config, forged, { expectedState: 'a-state' }),
  ).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
});

test('HTTP Basic, the usual default, is refused as by the real ProConnect', async () => {
  const [service] = registrations;
  if (!service) throw new Error('no registration');
  const config = await oidc.discovery(
    new URL(federation.issuer),
    service.clientId,
    service.clientSecret,
    oidc.ClientSecretBasic(service.clientSecret),
    { execute: [oidc.allowInsecureRequests] },
  );

  await expect(oidc.refreshTokenGrant(config, 'x')).rejects.toBeInstanceOf(oidc.WWWAuthenticateChallengeError);
});

function silent(service: Registration): Record<string, string> {
  return { redirect_uri: service.redirectUri, scope: 'openid', state: 'a-state', prompt: 'none' };
}

async function rawUserinfo(client: Service, accessToken: string): Promise<string> {
  const endpoint = new URL(client.config.serverMetadata().userinfo_endpoint ?? '');
  return (await oidc.fetchProtectedResource(client.config, accessToken, endpoint, 'GET')).text();
}
