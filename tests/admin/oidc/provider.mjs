// A provider of OpenID Connect on this machine, made from oidc-provider; it writes its address to standard output.
// Whoever is led to it signs in by adding "?login=NAME" to the address, without any page; "?login=" breaks off.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

// it lies beside package.json in the folder that the first argument names
const require = createRequire(join(process.argv[2], "package.json"));
const { Provider } = require("oidc-provider");

// the people are told as JSON by the second argument: what the provider says of each
const people = JSON.parse(process.argv[3]);

const key = (kind, options, more) => ({ ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), use: "sig", ...more });

const client = {
  redirect_uris: ["http://localhost/sign-in/elsewhere/back/"],
  grant_types: ["authorization_code"],
  response_types: ["code"],
  require_auth_time: true,
  default_acr_values: ["high"],
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { ...client, client_id: "consortium", client_secret: "a secret of this test alone, long enough" },
      { ...client, client_id: "public", token_endpoint_auth_method: "none", id_token_signed_response_alg: "ES256" },
    ],
    jwks: { keys: [key("rsa", { modulusLength: 2048 }, { kid: "r", alg: "RS256" }), key("ec", { namedCurve: "P-256" }, { kid: "e", alg: "ES256" })] },
    claims: { openid: ["sub"], acr: null, auth_time: null, email: ["email", "email_verified"], organisation: ["organisation_number"] },
    scopes: ["openid", "email", "organisation"],
    acrValues: ["high", "low"],
    cookies: { keys: ["no secret"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people[accountId] }) }),
    renderError: (context, out) => { context.body = JSON.stringify(out); },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 60, AuthorizationCode: 60, IdToken: 60 },
  });

  const interact = async (request, response) => {
    const { params } = await provider.interactionDetails(request, response);
    const login = new URL(request.url, issuer).searchParams.get("login");
    if (!login) {
      await provider.interactionFinished(request, response, { error: "access_denied" });
      return;
    }
    const grant = new provider.Grant({ accountId: login, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    const acr = people[login].acr ?? "low";
    const result = { login: { accountId: login, acr, remember: false }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  const answer = provider.callback();
  server.on("request", (request, response) => (request.url.startsWith("/interaction/")
    ? interact(request, response).catch((fault) => { response.statusCode = 500; response.end(String(fault)); })
    : answer(request, response)));
  console.log(issuer);
});
