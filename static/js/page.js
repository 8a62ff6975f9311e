// What every page of an agent does: errors get the focus, a press counts once, what is typed is kept until it is saved.
// Without this script forms are sent as ever.

import { bodyOf, fill, ours, Queue, ask, told } from "./saving.js";
import { dropText, keepText, readText } from "./storage.js";
import { onLeave, onTakeUp, showBar } from "./saving-bar.js";
import { onReturn, who } from "./session.js";

const DRAFT_MS = 30 * 86_400_000;
const UPLOAD_MS = 120_000;
const STILL_MS = 2_000; // hands still: what is typed goes to the server, where the form asks for it
/** What waits on this device for whoever works here, from whichever page. */
export const queue = new Queue({ name: "qualepref-envois", who });
export const draftName = (place) => `brouillon:${who}:${place}`;
queue.loaded = queue.load();
queue.on("fate", (thing, said) => { if (said.outcome === "saved") dropText(draftName(thing.lane)); });

document.querySelector("[data-error-summary]")?.focus();

// A press counts once; GET forms are left alone, and those marked `data-repeatable` (downloads).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "repeatable" in form.dataset || event.defaultPrevented) return;
  if (form.dataset.sent === "true") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  form.setAttribute("aria-busy", "true");
});

// The way back to a list finds it as it was left (list.js).
document.querySelectorAll(".fr-breadcrumb a[href], .fr-nav a[href]").forEach((link) => {
  try {
    link.search ||= sessionStorage.getItem(`liste:${link.pathname}`) ?? "";
  } catch {
    // a private window
  }
});

// A site chosen in the header is that of every list from there: none comes back on the one before.
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("a[href*='choix=']")) return;
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith("liste:")).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // a private window
  }
});

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// A long list of boxes is narrowed as one types, without accents; what is ticked stays in sight.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
document.addEventListener("input", ({ target }) => {
  if (!("narrows" in target.dataset)) return;
  const words = plain(target.value.trim());
  for (const box of target.closest("fieldset").querySelectorAll(".fr-checkbox-group")) {
    box.parentElement.hidden = !plain(box.textContent).includes(words) && !box.querySelector("input").checked;
  }
});

// Coming back with the browser's « previous » button gives the form back.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

/** The line above a form that says what became of it. */
function say(form, sentence, ...buttons) {
  const line = form.querySelector("[data-kept-news]") ?? document.createElement("div");
  line.dataset.keptNews = "";
  line.className = "fr-alert fr-alert--info fr-alert--sm qp-kept";
  line.setAttribute("role", "status");
  line.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }), ...buttons);
  form.prepend(line);
}

/** The draft of this device or that of the server, whichever was typed last. */
const latest = (kept, { draftBody: body, draftAt }) => (body && !(kept?.at > draftAt) ? { at: Number(draftAt), body } : kept);

function keep(form) {
  const place = location.pathname + (form.getAttribute("action") ?? "");
  const name = draftName(place);
  const isDrafted = form.dataset.keep !== "once";
  let first = bodyOf(form);
  let timer = 0;
  let isGone = false;
  const isTouched = () => isDrafted && !isGone && bodyOf(form) !== first;
  const write = () => { if (isTouched()) keepText(name, { at: Date.now(), body: bodyOf(form) }); };
  let stillTimer = 0;

  if (isDrafted && !document.querySelector("[data-error-summary], [data-conflict]")) takeUp();
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(write, 300);
    window.clearTimeout(stillTimer);
    if (form.dataset.draft) stillTimer = window.setTimeout(draftToServer, STILL_MS);
  });
  form.addEventListener("change", write);
  window.addEventListener("pagehide", write);
  onLeave(() => (isTouched() && form.dataset.sent !== "true" ? 1 : 0));
  form.querySelectorAll("[data-give-up]").forEach((link) => link.addEventListener("click", forget));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.dataset.sent === "true") return;
    event.preventDefault();
    form.dataset.sent = "true";
    form.setAttribute("aria-busy", "true");
    write();
    const more = event.submitter?.name ? { [event.submitter.name]: event.submitter.value } : {};
    if ([...form.elements].some((field) => field.type === "file" && field.files.length)) upload(more);
    else send(more);
  });
  queue.on("fate", (thing, said) => {
    if (thing.lane === place) settle(said);
    else if (thing.lane === form.dataset.draft && said.outcome === "saved") drafted();
  });
  queue.loaded.then(() => { if (queueHolds()) say(form, "Ce formulaire est en attente d’envoi : il partira de lui-même."); });
  onTakeUp((thing) => {
    if (thing.lane !== place) return false;
    queue.drop(thing.key);
    fill(form, thing.body);
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    return true;
  });

  function forget() {
    isGone = true;
    dropText(name);
  }

  /** Kept on the server too, for its author alone: another device gives it back. The last one typed is sent. */
  function draftToServer(body = bodyOf(form)) {
    if (isGone || form.dataset.sent === "true") return null;
    const lane = form.dataset.draft;
    return queue.add({ key: `${lane}#${Date.now()}`, lane, action: lane, body, label: "Brouillon", words: ["brouillon", "brouillons"], place: location.pathname });
  }

  /** What was typed here and never saved comes back, with the version it was typed over. */
  function takeUp() {
    const draft = latest(readText(name), form.dataset);
    if (!draft || Date.now() - draft.at > DRAFT_MS) return;
    const kept = new URLSearchParams(draft.body);
    fill(form, draft.body);
    for (const hidden of ["_version", "_key"]) if (form.elements[hidden] && kept.has(hidden)) form.elements[hidden].value = kept.get(hidden);
    if (bodyOf(form) === first) return dropText(name);
    const erase = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--tertiary", textContent: "Revenir à ce qui est enregistré" });
    erase.addEventListener("click", async () => {
      if (form.dataset.draft) await draftToServer("forget=1");
      forget();
      location.reload();
    });
    const at = new Date(draft.at);
    say(form, `Ce que vous aviez tapé le ${at.toLocaleDateString("fr-FR")} à ${at.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" })} n’était pas enregistré : le voici.`, erase);
  }

  function drafted() {
    const news = form.querySelector("[data-draft-news]");
    const at = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    if (news) news.textContent = `Brouillon gardé à ${at}, pour vous seul ; « Enregistrer » le met dans le bilan.`;
  }

  function queueHolds() {
    return queue.things.some((thing) => thing.lane === place);
  }

  async function send(more) {
    const key = `${place}#${Date.now()}`;
    const label = document.querySelector("h1")?.textContent.trim() ?? "";
    const words = ["formulaire", "formulaires"];
    const isKept = await queue.add({ key, lane: place, action: form.action || location.href.split("#")[0], body: bodyOf(form, more), label, words, place: location.pathname + location.search });
    window.setTimeout(() => {
      if (!isGone && form.dataset.sent === "true" && queue.trouble) say(form, isKept ? "En attente d’envoi : vous pouvez quitter cette page, l’envoi se fera de lui-même." : "En attente d’envoi : laissez cette page ouverte.");
    }, 1_500);
  }

  function settle(said) {
    if (said.outcome === "saved") return done(said.url);
    if (said.outcome === "elsewhere") return done(location.href);
    return refusedBy();
  }

  function done(url) {
    forget();
    location.assign(url || location.href);
  }

  /** The page that says why is asked for again, the plain way: nothing was written, so nothing is done twice. */
  function refusedBy() {
    queue.things.filter((thing) => thing.lane === place).forEach((thing) => queue.drop(thing.key));
    HTMLFormElement.prototype.submit.call(form);
  }

  /** Files are too big to be kept: they are sent from this page, which stays until they are. */
  async function upload(more) {
    const data = new FormData(form);
    Object.entries(more).forEach(([field, value]) => data.set(field, value));
    const answer = await ask(form.action || location.href, { method: "POST", body: data, headers: ours(), credentials: "same-origin" }, UPLOAD_MS).catch(() => null);
    const said = answer && await told(answer);
    if (said?.outcome === "saved") return done(said.url);
    if (answer && answer.status !== 401 && answer.status < 500) return HTMLFormElement.prototype.submit.call(form);
    release(form);
    return say(form, answer?.status === 401 ? "Votre session est terminée : reconnectez-vous dans un autre onglet, puis enregistrez de nouveau." : "Pas enregistré : le réseau ne répond pas. Rien n’est perdu, enregistrez de nouveau dans un instant.");
  }
}

if (who) {
  document.querySelectorAll("form[data-keep]").forEach(keep);
  showBar(queue);
  onReturn(() => { queue.trouble = ""; queue.send(); });
  queue.loaded.then(() => { if (queue.waiting.length) queue.send(); });
}
