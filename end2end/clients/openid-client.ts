// A service built on npm's openid-client, a certified relying party: the settings that ProConnect needs, and the
// steps of a sign-in.
//
// Invariant: it verifies every signature it is given; what it accepts, other careful clients accept.
import * as oidc from 'openid-client';
import { jwtVerify } from 'jose';
import type { HttpBrowser } from './browser.ts';

export type Alg = 'RS256' | 'ES256' | 'HS256';

export interface Registration {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  postLogoutRedirectUri: string;
  idTokenAlg: Alg;
  userinfoAlg?: Alg;
  introspectionAlg?: Alg;
}

export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

export class Service {
  private constructor(
    readonly registration: Registration,
    readonly config: oidc.Configuration,
  ) {}

  /** Discovers the provider. */
  static async discover(issuer: string, registration: Registration): Promise<Service> {
    const { clientId, clientSecret, idTokenAlg, userinfoAlg, introspectionAlg } = registration;
    const signed = [idTokenAlg, userinfoAlg, introspectionAlg].filter((alg) => alg !== undefined);
    const config = await oidc.discovery(
      new URL(issuer),
      clientId,
      {
        id_token_signed_response_alg: idTokenAlg,
        ...(userinfoAlg && { userinfo_signed_response_alg: userinfoAlg }),
        ...(introspectionAlg && { introspection_signed_response_alg: introspectionAlg }),
      },
      oidc.ClientSecretPost(clientSecret),
      {
        execute: [
          oidc.allowInsecureRequests,
          // The library verifies with public keys only; tokens by HS256 are verified below.
          ...(signed.includes('HS256') ? [] : [oidc.enableNonRepudiationChecks]),
        ],
      },
    );
    return new Service(registration, config);
  }

  /** Signs a person in and redeems the code; the library checks state, nonce, iss, at_hash and the rest. */
  async signIn(browser: HttpBrowser, options: { email: string; pkce: boolean; params?: Record<string, string> }): Promise<Tokens> {
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const verifier = options.pkce ? oidc.randomPKCECodeVerifier() : undefined;
    const url = oidc.buildAuthorizationUrl(this.config, {
      redirect_uri: this.registration.redirectUri,
      scope: 'openid given_name usual_name email uid siret idp_id roles organization_label',
      state,
      nonce,
      login_hint: options.email,
      ...(verifier && {
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
      ...options.params,
    });
    const page = await browser.open(url);
    const back = page.body === '' ? page : await browser.submit(page, {});
    const tokens = await oidc.authorizationCodeGrant(this.config, back.url, {
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      ...(verifier && { pkceCodeVerifier: verifier }),
    });
    await this.verifyHmac(tokens.id_token, this.registration.idTokenAlg);
    return tokens;
  }

  /** Userinfo in the registered form, of the person of the ID token. */
  async userinfo(tokens: Tokens): Promise<oidc.UserInfoResponse> {
    const sub = tokens.claims()?.sub ?? '';
    return oidc.fetchUserInfo(this.config, tokens.access_token, sub);
  }

  /** The address that signs the person out. */
  endSessionUrl(idToken: string, state: string): URL {
    return oidc.buildEndSessionUrl(this.config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: this.registration.postLogoutRedirectUri,
      state,
    });
  }

  /** Verifies a token signed with the client secret; others were verified by the library. */
  async verifyHmac(token: string | undefined, alg: Alg | undefined): Promise<void> {
    if (alg !== 'HS256') return;
    const key = new TextEncoder().encode(this.registration.clientSecret);
    const { clientId: audience } = this.registration;
    await jwtVerify(token ?? '', key, { algorithms: [alg], audience, issuer: this.config.serverMetadata().issuer });
  }
}
