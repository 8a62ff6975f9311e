// The public form in the browser: what is typed survives a reload, a change of language and an absent network, and
// nothing of it is left for the next person. Without this script the form is sent as ever.

import { ask, bodyOf, fill, told } from "./saving.js";
import { settle } from "./survey.js";
import { divide } from "./survey-steps.js";

const NAME = `avis:${location.pathname}`;
const DRAFT_MS = 30 * 60_000;
const RETRY_MS = 5_000;

function keep(form, isKeptForLanguage = false) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ body: bodyOf(form), at: Date.now(), isKeptForLanguage }));
  } catch {
    // a browser that keeps nothing
  }
}

function drop() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // nothing was kept
  }
}

/** What was being answered comes back after a reload or a change of language; anybody else gets an empty form. */
function takeUp(form) {
  let draft = null;
  try {
    draft = JSON.parse(sessionStorage.getItem(NAME));
  } catch {
    return;
  }
  const [navigation] = performance.getEntriesByType("navigation");
  const isReload = navigation?.type === "reload";
  if (!draft) return;
  if (Date.now() - draft.at > DRAFT_MS || !(isReload || draft.isKeptForLanguage)) return drop();
  fill(form, draft.body);
  const key = new URLSearchParams(draft.body).get("cle");
  if (key) form.elements.cle.value = key;
  keep(form);
}

function say(form, sentence) {
  const line = form.querySelector("[data-news]") ?? Object.assign(document.createElement("p"), { className: "fr-alert fr-alert--info fr-alert--sm" });
  line.dataset.news = "";
  line.setAttribute("role", "status");
  line.textContent = sentence;
  form.querySelector("button[type=submit]").before(line);
}

function watch(form) {
  let isSending = false;
  let timer = 0;
  const button = form.querySelector("button[type=submit]");

  if (!document.querySelector("[data-error-summary]")) takeUp(form);
  settle(form);
  divide(form);
  form.addEventListener("change", () => { settle(form); keep(form); });
  form.addEventListener("input", () => keep(form));
  document.querySelectorAll("[data-language]").forEach((link) => link.addEventListener("click", () => keep(form, true)));
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  window.addEventListener("online", () => { if (timer) send(); });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isSending) send();
  });

  async function send() {
    window.clearTimeout(timer);
    timer = 0;
    isSending = true;
    button.disabled = true;
    const headers = { Accept: "application/json", "X-Saving": "1", "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await ask(form.action, { method: "POST", body: bodyOf(form), headers, credentials: "omit" }).catch(() => null);
    isSending = false;
    button.disabled = false;
    const said = answer && await told(answer);
    if (said?.outcome === "saved") {
      drop();
      form.reset();
      location.replace(said.url);
    } else if (said) {
      HTMLFormElement.prototype.submit.call(form); // the page that says what is to be mended
    } else {
      say(form, form.dataset.offline);
      timer = window.setTimeout(send, RETRY_MS);
    }
  }
}

const form = document.querySelector("form[data-survey][data-offline]");
if (form) watch(form);
if (document.querySelector("[data-thanks]")) {
  try {
    sessionStorage.clear();
  } catch {
    // nothing was kept
  }
}
document.querySelector("[data-error-summary]")?.focus();
