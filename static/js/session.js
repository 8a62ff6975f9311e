// The session of whoever works on this page: told before it ends, renewed in place, taken up again where it ended.

import { ask, ours, told } from "./saving.js";

const WARNING_MS = 300_000;
const USE_MS = 600_000; // typing is use: said to the server at most so often
const { user = "", session = "", signIn = "", renew = "" } = document.body.dataset;
const listeners = [];
let endsAt = session ? performance.now() + Number(session) * 1_000 : 0;
let lastSaid = performance.now();
let hasTyped = false;
let open = null;

export const who = user;
/** Called once the same person is signed in again. */
export const onReturn = (act) => listeners.push(act);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function dialog(title, ...content) {
  const box = element("dialog", { className: "qp-session" });
  box.setAttribute("aria-labelledby", "session-titre");
  box.append(element("h2", { className: "fr-h5", id: "session-titre", textContent: title }), ...content);
  document.body.append(box);
  if (box.showModal) box.showModal();
  else box.setAttribute("open", "");
  box.addEventListener("close", () => { box.remove(); if (open === box) open = null; });
  return box;
}

const close = (box) => (box.close ? box.close() : box.remove());

/** Ask the server to go on; false when the session is over. */
async function goOn() {
  lastSaid = performance.now();
  hasTyped = false;
  const answer = await ask(renew, { method: "POST", headers: ours(), credentials: "same-origin" }).catch(() => null);
  if (!answer) return true; // no network: nothing is known
  const said = await told(answer);
  if (!answer.ok || !said) return false;
  endsAt = performance.now() + said.seconds * 1_000;
  return said.user === who;
}

function warn() {
  const time = new Date(Date.now() + endsAt - performance.now()).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
  const stay = element("button", { type: "button", className: "fr-btn", textContent: "Rester connecté" });
  open = dialog("Votre session va se terminer", element("p", { textContent: `Sans activité de votre part, elle se termine à ${time}. Ce que vous avez tapé reste sur cet ordinateur.` }), stay);
  const box = open;
  stay.addEventListener("click", async () => {
    close(box);
    if (!await goOn()) signInAgain();
  });
}

function field(label, properties) {
  const input = element("input", { className: "fr-input", required: true, ...properties });
  return element("div", { className: "fr-input-group" }, element("label", { className: "fr-label", htmlFor: properties.id, textContent: label }), input);
}

/** The sign-in form over the page, which keeps what was typed. */
export function signInAgain() {
  if (open?.dataset.signIn || !signIn) return;
  if (open) close(open);
  const refusal = element("p", { className: "fr-error-text", hidden: true });
  refusal.setAttribute("role", "alert");
  const form = element(
    "form", { className: "qp-session__form", noValidate: true },
    field("Adresse électronique", { id: "session-adresse", name: "username", type: "email", autocomplete: "username" }),
    field("Mot de passe", { id: "session-mot", name: "password", type: "password", autocomplete: "current-password" }),
    refusal,
    element("button", { type: "submit", className: "fr-btn", textContent: "Se reconnecter" }),
  );
  open = dialog("Votre session est terminée", element("p", { textContent: "Rien n’est perdu : reconnectez-vous, et ce qui attend partira. Vous pouvez aussi vous connecter dans un autre onglet." }), form);
  const box = open;
  box.dataset.signIn = "";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refusal.hidden = true;
    const sentence = await send(form);
    if (!sentence) return returned(box);
    refusal.textContent = sentence;
    refusal.hidden = false;
    return form.elements.password.focus();
  });
}

/** Nothing once signed in, else the sentence that says why not. */
async function send(form) {
  try {
    if (!document.cookie.includes("csrftoken=")) await ask(signIn, { credentials: "same-origin" });
    const body = new URLSearchParams(new FormData(form)).toString();
    const headers = { ...ours(), "Content-Type": "application/x-www-form-urlencoded" };
    const said = await told(await ask(signIn, { method: "POST", body, headers, credentials: "same-origin" }));
    if (said?.outcome !== "saved") return said?.sentence ?? "Le serveur n’a pas répondu : réessayez dans un instant.";
    if (said.user === who) return "";
    location.reload(); // somebody else: what waits is not theirs
    return "Vous êtes connecté sous un autre compte.";
  } catch {
    return "Le réseau ne répond pas : réessayez dans un instant.";
  }
}

async function returned(box) {
  close(box);
  await goOn();
  listeners.forEach((act) => act());
}

/** Somebody who signed in in another window comes back to this one. */
async function lookAgain() {
  const box = open;
  if (document.hidden || !box?.dataset.signIn || !await goOn() || open !== box) return;
  close(box);
  listeners.forEach((act) => act());
}

function look() {
  const left = endsAt - performance.now();
  if (hasTyped && performance.now() - lastSaid > USE_MS) goOn().then((goes) => { if (!goes) signInAgain(); });
  else if (left <= 0) goOn().then((goes) => { if (!goes) signInAgain(); });
  else if (left < WARNING_MS && !open) warn();
}

/** htmx asked for a fragment: the answer is « not signed in any more », and the same is asked for once signed in. */
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 401) return;
  const { verb, path, elt, target } = event.detail.requestConfig;
  signInAgain();
  listeners.push(() => { if (elt.isConnected) htmx.ajax(verb, path, { source: elt, target }); listeners.pop(); });
});
document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = ours()["X-CSRFToken"]; });

if (who) {
  document.addEventListener("input", () => { hasTyped = true; });
  document.addEventListener("visibilitychange", lookAgain);
  window.addEventListener("focus", lookAgain);
  window.setInterval(look, 15_000);
}
