"""The emulator's control API, and a simulated user on its sign-in pages."""

import html.parser
import os
import urllib.parse

import requests

CONTROL = "https://emulator.test"
AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
PASSWORD = "Simulated-Passw0rd!"


def get(path: str):
    answer = requests.get(CONTROL + path, timeout=30)
    answer.raise_for_status()
    return answer.json()


def post(path: str, body=None):
    answer = requests.post(CONTROL + path, json=body or {}, timeout=30)
    answer.raise_for_status()
    return answer.json()


def tenant(cloud: str = "public") -> dict:
    """The first tenant of a cloud, with its users."""
    return next(one for one in get("/tenants")["tenants"] if one["cloud"] == cloud)


def administrator(of: dict) -> str:
    return next(person["user"] for person in of["people"] if person["may_consent"])


class Form(html.parser.HTMLParser):
    """The forms of a page: their targets, fields, and buttons."""

    def __init__(self, text: str):
        super().__init__()
        self.forms: list[dict] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "form":
            self.forms.append({"action": named["action"], "fields": {}, "buttons": []})
        elif tag == "input" and self.forms and named.get("type") != "checkbox":
            self.forms[-1]["fields"][named["name"]] = named.get("value", "")
        elif tag == "button" and self.forms:
            self.forms[-1]["buttons"].append((named.get("name"), named.get("value")))


class Person:
    """Follows sign-in pages as a browser would, without scripts."""

    def __init__(self):
        self.session = requests.Session()
        self.pages: list[str] = []

    def open(self, url: str) -> requests.Response:
        return self._seen(self.session.get(url, allow_redirects=False, timeout=30))

    def press(self, page: requests.Response, name: str, value: str, **fields) -> requests.Response:
        for form in Form(page.text).forms:
            if (name, value) in form["buttons"]:
                body = {**form["fields"], **fields, name: value}
                return self._post(page, form, body)
        raise AssertionError(f"no button {name}={value} on the page: {page.text}")

    def fill(self, page: requests.Response, name: str, value: str) -> requests.Response:
        for form in Form(page.text).forms:
            if name in form["fields"]:
                return self._post(page, form, {**form["fields"], name: value})
        raise AssertionError(f"no field {name} on the page: {page.text}")

    def _post(self, page, form, body):
        url = urllib.parse.urljoin(page.url, form["action"])
        return self._seen(self.session.post(url, data=body, allow_redirects=False, timeout=30))

    def _seen(self, page):
        self.pages.append(page.text)
        return page

    def sign_in(self, page: requests.Response, user: str) -> requests.Response:
        """Selects the account and accepts each prompt, until the service redirects the browser or shows no more prompts."""
        while page.status_code == 200:
            if f'value="{user}"' in page.text and 'name="account"' in page.text:
                page = self.press(page, "account", user)
            elif 'value="accept"' in page.text:
                page = self.press(page, "answer", "accept")
            else:
                break
        return page

    def answer(self, page: requests.Response) -> dict:
        """The parameters of the redirect back to the client."""
        assert page.status_code == 302, page.text
        where = urllib.parse.urlsplit(page.headers["Location"])
        return dict(urllib.parse.parse_qsl(where.query or where.fragment))


def authority_file() -> str:
    return os.environ["EMULATOR_AUTHORITY"]
