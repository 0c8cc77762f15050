// A certified OpenID provider that is not ours, with ProConnect's claims and one person.
//
// Invariant: it shares no code with the product; what it accepts, the product does by the standard.
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';

export type IdTokenAlg = 'RS256' | 'ES256';
export type UserinfoAlg = 'RS256' | 'ES256' | 'none';

export interface ForeignOptions {
  port: number;
  /** Origin of the service. */
  service: string;
  idTokenAlg: IdTokenAlg;
  userinfoAlg: UserinfoAlg;
}

export const person = {
  sub: 'cb07d2f5-0a6c-4d2e-9a9c-1f9f2a3b4c5d',
  given_name: 'Gwenaëlle',
  usual_name: 'Le Goff',
  email: 'gwenaelle.legoff@foreign.example',
  siret: '13002526500013',
  idp_id: 'foreign-provider',
};

/** As at ProConnect, each claim is a scope of its own. */
const claimsOfScopes = {
  openid: ['sub'],
  given_name: ['given_name'],
  usual_name: ['usual_name'],
  email: ['email'],
  siret: ['siret'],
  idp_id: ['idp_id'],
};

/** The scopes that this provider knows. */
export const scopes = Object.keys(claimsOfScopes).join(' ');

/** The same for all providers of a run, so that one can stand in for another. */
const clientSecret = randomBytes(32).toString('hex');

export class ForeignProvider {
  readonly issuer: string;
  readonly clientId = 'a-service';
  readonly clientSecret = clientSecret;
  /** Calls of this path are cut off, as if the provider had just gone down. */
  hangUpOn?: string;
  private readonly server: Server;

  constructor(private readonly options: ForeignOptions) {
    this.issuer = `http://localhost:${options.port}`;
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: this.clientId,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          redirect_uris: [`${options.service}/auth/callback`],
          post_logout_redirect_uris: [`${options.service}/auth/logout/callback`],
          id_token_signed_response_alg: options.idTokenAlg,
          ...(options.userinfoAlg !== 'none' && { userinfo_signed_response_alg: options.userinfoAlg }),
        },
      ],
      jwks: { keys: [signingKey('RS256'), signingKey('ES256')] },
      // `acr` and `amr` belong to no scope: they are asked for by the `claims` parameter.
      claims: { ...claimsOfScopes, acr: null, amr: null },
      scopes: Object.keys(claimsOfScopes),
      acrValues: ['eidas1'],
      cookies: { keys: [randomBytes(32).toString('hex')] },
      features: {
        devInteractions: { enabled: false },
        userinfo: { enabled: true },
        jwtUserinfo: { enabled: true },
        claimsParameter: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          // One button, as the page must be confirmed by a person.
          logoutSource: async (ctx: { body: string }, form: string) => {
            ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Log out</button>`);
          },
        },
      },
      pkce: { required: () => true },
      ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
      findAccount: async (_ctx: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ ...person, sub }) }),
      interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    } as never);
    const answer = provider.callback();
    this.server = createServer((request, response) => {
      if (request.url === this.hangUpOn) return void request.socket.destroy();
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      interact(provider, request, response).catch(() => response.writeHead(500).end());
    });
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(this.options.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** One page with one button: whoever presses it is the person. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params, session } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page('<form method="post"><button>Log in</button></form>'));
    return;
  }
  const accountId = session?.accountId ?? person.sub;
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  grant.addOIDCClaims(['acr', 'amr']);
  await provider.interactionFinished(request, response, {
    login: { accountId, acr: 'eidas1', amr: ['pwd'] },
    consent: { grantId: await grant.save() },
  });
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><title>Foreign provider</title><body>${body}</body></html>`;
}

function signingKey(alg: IdTokenAlg): object {
  let key: KeyObject;
  if (alg === 'RS256') key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  else key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  return { ...key.export({ format: 'jwk' }), alg, use: 'sig', kid: `${alg}-${randomBytes(4).toString('hex')}` };
}
