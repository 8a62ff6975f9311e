"""A real OpenID Connect provider in a process of its own: discovery, keys, code with PKCE, signed userinfo, sign-out.

    python -m tests.oidc_provider PORT   signs in, without asking, the person whom `POST /person` last told it (JSON)

What it signs can be spoilt on demand, by `spoil` in that JSON: « key », « nonce », « audience », « expired », « sub ».
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "qualepref", "secret-du-client"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})
UNUSED = ECKey.generate_key("P-256", {"kid": "2"})
PERSON: dict = {}
CODES: dict[str, dict] = {}
TOKENS: dict[str, dict] = {}


class Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        {
            "/.well-known/openid-configuration": self.configuration,
            "/jwks": self.keys,
            "/authorize": self.authorize,
            "/userinfo": self.userinfo,
            "/end": self.end,
        }[parts.path](asked)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/person":
            PERSON.clear()
            PERSON.update(json.loads(body))
            self.tell({})
        else:
            self.token({name: values[0] for name, values in parse_qs(body).items()})

    def configuration(self, _asked):
        pages = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        pages |= {"jwks_uri": "jwks", "end_session_endpoint": "end"}
        self.tell({"issuer": self.issuer, **{name: f"{self.issuer}/{page}" for name, page in pages.items()}})

    def keys(self, _asked):
        self.tell({"keys": [key.as_dict(private=False) for key in (KEY, UNUSED)]})

    def authorize(self, asked):
        code = secrets.token_urlsafe(16)
        CODES[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def token(self, form):
        asked = CODES.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or (form["client_id"], form["client_secret"]) != (CLIENT, SECRET)
            or asked["code_challenge"] != proof.decode().rstrip("=")
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            self.tell({"error": "invalid_grant"}, status=400)
            return
        access = secrets.token_urlsafe(16)
        TOKENS[access] = asked
        nonce = "autre" if PERSON.get("spoil") == "nonce" else asked["nonce"]
        claims = {"sub": PERSON["sub"], "nonce": nonce, "amr": ["pwd", "mfa"]}
        self.tell({"access_token": access, "token_type": "Bearer", "id_token": self.signed(claims)})

    def userinfo(self, _asked):
        if self.headers["Authorization"].removeprefix("Bearer ") not in TOKENS:
            self.tell({}, status=401)
            return
        told = {name: value for name, value in PERSON.items() if name != "spoil"}
        if PERSON.get("spoil") == "sub":
            told["sub"] = "quelqu’un d’autre"
        if PERSON.get("plain"):
            self.tell(told)
            return
        self.answer(self.signed(told).encode(), "application/jwt")

    def end(self, asked):
        self.tell({"ended": bool(asked["id_token_hint"])})

    def signed(self, claims: dict) -> str:
        spoil, now = PERSON.get("spoil"), int(time.time())
        audience = "un autre service" if spoil == "audience" else CLIENT
        until = now - 3600 if spoil == "expired" else now + 300
        content = {"iss": self.issuer, "aud": audience, "iat": now, "exp": until, **claims}
        return jwt.encode({"alg": "RS256", "kid": "1"}, content, OTHER_KEY if spoil == "key" else KEY)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def tell(self, content, *, status=200):
        self.answer(json.dumps(content).encode(), "application/json", status=status)

    def answer(self, content, kind, *, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Nothing to say."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
