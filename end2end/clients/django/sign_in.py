"""A Django service with Authlib against ProConnect, made of the settings and views that the home page offers.

It is run with the path of that snippet and the service's registration as JSON. It signs a person in, refreshes,
introspects, revokes, signs out, and ends with the first thing that is not as expected.

Invariant: what the snippet holds is what is tested; nothing here repairs it.
"""

import html
import importlib
import json
import pathlib
import re
import sys
import types
from urllib.parse import parse_qs, urljoin, urlsplit

import django
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.test import RequestFactory
from joserfc import jwt
from joserfc.jwk import KeySet

EMAIL = "test@fia1.fr"


def main(template, registration):
    service = json.loads(registration)
    views = load(pathlib.Path(template).read_text(encoding="utf-8"), service)
    browser = Browser()

    sign_in(views, browser, service)
    refresh(views, browser, service)
    sign_out(views, browser, service)
    print("ok")


def load(template, service):
    """Fills the snippet in, configures Django with its first half and imports its second."""
    text = re.sub(r"\{\{ (\w+) \}\}", lambda found: service[found[1]], template)
    first, second = text.split("# ── views.py ──")
    values = {}
    exec(compile(first, "settings.py", "exec"), values)
    settings.configure(
        ALLOWED_HOSTS=["service.test"],
        ROOT_URLCONF=(),
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        SECRET_KEY="a key of the test",
        USE_TZ=True,
        **{name: value for name, value in values.items() if name.isupper()},
    )
    django.setup()
    views = types.ModuleType("views")
    exec(compile(second, "views.py", "exec"), views.__dict__)
    return views


def sign_in(views, browser, service):
    session = new_session()
    claims = json.dumps({"id_token": {"acr": None, "amr": None}})

    leaving = views.login(request("get", "/login", session), login_hint=EMAIL, claims=claims)
    sent = parameters(leaving["location"])
    assert len(sent["state"]) >= 32 and len(sent["nonce"]) >= 32, sent
    assert sent["code_challenge_method"] == "S256", sent
    returned = browser.sign_in(leaving["location"], service["redirect_uri"])
    done = views.callback(request("get", returned, session))

    assert done["location"] == "/", done
    user = session["user"]
    assert user["email"] == EMAIL and user["idp_id"] == "fia1", user
    assert "agent_public" in user["roles"], user
    keys = KeySet.import_key_set(views.proconnect.fetch_jwk_set())
    id_token = jwt.decode(session["id_token"], keys, algorithms=[service["id_token_alg"]]).claims
    assert (id_token["acr"], id_token["amr"]) == ("eidas1", ["pwd"]), id_token

    try:
        views.callback(request("get", returned, session))
    except OAuthError as error:
        assert error.error == "mismatching_state", error
    else:
        raise AssertionError("a callback was accepted twice")


def refresh(views, browser, service):
    metadata = views.proconnect.load_server_metadata()
    client = OAuth2Session(
        service["client_id"],
        service["client_secret_placeholder"],
        scope=service["scopes"],
        redirect_uri=service["redirect_uri"],
        token_endpoint_auth_method="client_secret_post",
        introspection_endpoint_auth_method="client_secret_post",
        revocation_endpoint_auth_method="client_secret_post",
    )
    # Without PKCE, which ProConnect does not require.
    url, state = client.create_authorization_url(metadata["authorization_endpoint"], nonce="n" * 43)
    returned = browser.sign_in(url, service["redirect_uri"])
    first = client.fetch_token(metadata["token_endpoint"], authorization_response=returned, state=state)
    assert first["expires_in"] == 3600 and first["token_type"] == "Bearer", first

    second = client.refresh_token(metadata["token_endpoint"], first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    introspected = client.introspect_token(metadata["introspection_endpoint"], second["access_token"]).json()
    assert introspected["active"] and introspected["client_id"] == service["client_id"], introspected

    client.revoke_token(metadata["revocation_endpoint"], second["access_token"]).raise_for_status()
    introspected = client.introspect_token(metadata["introspection_endpoint"], second["access_token"]).json()
    assert introspected == {"active": False}, introspected
    client.revoke_token(metadata["revocation_endpoint"], first["refresh_token"]).raise_for_status()
    try:
        client.refresh_token(metadata["token_endpoint"], first["refresh_token"])
    except OAuthError as error:
        assert error.error == "invalid_grant", error
    else:
        raise AssertionError("a revoked token was refreshed")


def sign_out(views, browser, service):
    session = new_session()
    leaving = views.login(request("get", "/login", session))
    returned = browser.sign_in(leaving["location"], service["redirect_uri"])
    views.callback(request("get", returned, session))

    leaving = views.logout(request("post", "/logout", session))
    assert "user" not in session, "the service's session ended"
    landed = browser.open(leaving["location"], service["post_logout_redirect_uri"])
    views.proconnect.validate_logout_response(request("get", landed, session))

    silent = views.login(request("get", "/login", session), prompt="none")
    returned = browser.open(silent["location"], service["redirect_uri"])
    try:
        views.callback(request("get", returned, session))
    except OAuthError as error:
        assert error.error == "login_required", error
    else:
        raise AssertionError("ProConnect's session outlived the sign-out")


class Browser:
    """Cookies, redirects and one form, up to the address of the service."""

    def __init__(self):
        self.session = requests.Session()
        self.session.trust_env = False

    def sign_in(self, url, service):
        page = self.follow(self.session.get(url, allow_redirects=False), service)
        while not isinstance(page, str):
            page = self.submit(page, service)
        return page

    def open(self, url, service):
        page = self.follow(self.session.get(url, allow_redirects=False), service)
        assert isinstance(page, str), f"{page.status_code} at {page.url}: {page.text}"
        return page

    def submit(self, page, service):
        assert page.status_code == 200 and "<form" in page.text, f"{page.status_code} at {page.url}: {page.text}"
        form = page.text[page.text.index("<form") : page.text.index("</form>")]
        tags = re.findall(r"<input[^>]*>", form)
        fields = {attribute(tag, "name"): attribute(tag, "value") for tag in tags if "checkbox" not in tag}
        if "/interaction/" in page.url and fields.get("email") == "":
            fields["email"] = EMAIL
        action = attribute(form, "action")
        answer = self.session.post(urljoin(page.url, action), data=fields, allow_redirects=False)
        return self.follow(answer, service)

    def follow(self, page, service):
        while page.is_redirect:
            url = urljoin(page.url, page.headers["location"])
            if url.startswith(service):
                return url
            page = self.session.get(url, allow_redirects=False)
        return page


def attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def parameters(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def new_session():
    engine = importlib.import_module(settings.SESSION_ENGINE)
    return engine.SessionStore()


def request(method, url, session):
    made = getattr(RequestFactory(), method)(url)
    made.session = session
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
