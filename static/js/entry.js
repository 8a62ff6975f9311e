// « Ma saisie » and the grid: Enter or Tab moves at once, the save follows through the queue of the page.
// The person is brought back only by a refusal, and never between two keys. A pair is saved as a pair, once left.
// Without this script every cell has its own « Enregistrer » button.

import { ask, bodyOf, fill, ours, told } from "./saving.js";
import { dropText, keepText, readText } from "./storage.js";
import { onLeave, onTakeUp } from "./saving-bar.js";
import { draftName, queue } from "./page.js";

const NEEDS_REASON = new Set(["suspended", "closed", "unavailable"]);
const FIGURES = ["numerator", "denominator", "value"];
const TYPED = [...FIGURES, "state", "reason", "comment", "amendment_reason"];
const QUIET_MS = 1_500; // no key for so long: the hands are free
const WORDS = ["valeur", "valeurs"];
const saved = new WeakMap(); // form → what the server holds or is being sent
let keyAt = -QUIET_MS;

const field = (form, name) => form.elements.namedItem(name);
/** A radio list does not take an empty value in every browser. */
const put = (form, name, value) => {
  const found = field(form, name);
  if (found instanceof RadioNodeList) found.forEach((radio) => { radio.checked = radio.value === value; });
  else if (found) found.value = value;
};
const text = (form, name) => (field(form, name)?.value ?? "").trim();
const status = (form) => form.querySelector(".qp-cell__status");
const forms = () => [...document.querySelectorAll("form[data-entry]")];
const laneOf = (form) => form.getAttribute("action");
const formOf = (thing) => forms().find((form) => laneOf(form) === thing.lane);
const typed = (form) => JSON.stringify(TYPED.map((name) => text(form, name)));
const isChanged = (form) => typed(form) !== saved.get(form);
const entryOf = (target) => target.closest?.("form[data-entry]");
const isExplicit = (form) => "explicit" in form.dataset;

/** The field still to be filled before the cell can be saved, or null. */
function lacking(form) {
  const state = text(form, "state");
  if (state) return NEEDS_REASON.has(state) && !text(form, "reason") ? "reason" : null;
  const numerator = text(form, "numerator");
  const denominator = text(form, "denominator");
  if (numerator && !denominator) return "denominator";
  if (denominator && !numerator) return "numerator";
  if (numerator || text(form, "value")) return null;
  return field(form, "numerator") ? "numerator" : "value";
}

/** A figure and a reason for having none exclude each other: the last one typed stays. */
function settle(form, name) {
  if (name === "state") {
    empty(form, ...(text(form, "state") ? FIGURES : []), "reason");
    askReason(form);
  } else if (FIGURES.includes(name) && text(form, name)) {
    empty(form, "state", "reason", ...(name === "value" ? ["numerator", "denominator"] : ["value"]));
    askReason(form);
  }
}

const empty = (form, ...names) => names.forEach((name) => put(form, name, ""));

/** The reason shows where the state asks for one. */
function askReason(form) {
  const reason = form.querySelector("[data-entry-reason]");
  if (reason) reason.hidden = !NEEDS_REASON.has(text(form, "state"));
}

/** Why there is no figure, a comment: copied into the cell from the pattern of the page, so that it needs no network. */
function unfold(form) {
  const more = form.querySelector("[data-entry-more]");
  const pattern = document.getElementById("sans-valeur");
  if (!more || !pattern) return;
  const why = pattern.content.cloneNode(true).firstElementChild;
  if (field(form, "value")) why.querySelector("[data-entry-only]").remove();
  why.querySelector("[data-entry-erase]").hidden = !("entered" in form.dataset) || isExplicit(form);
  more.replaceWith(why);
  askReason(form);
}

const speaksOfMore = (body) => ["state", "reason", "comment"].some((name) => new URLSearchParams(body).get(name));

function say(form, sentence, kind, ...more) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = sentence;
  status(form).replaceChildren(line, ...more);
}

/** Puts the cell on the queue; the hands go on. */
function save(form, more = {}) {
  saved.set(form, typed(form));
  dropText(draftName(laneOf(form)));
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  form.querySelector("output")?.replaceChildren();
  say(form, "Enregistrement…", "qp-muted");
  const label = form.querySelector("legend").textContent.trim();
  const lane = laneOf(form);
  return queue.add({ key: `${lane}#${Date.now()}`, lane, action: form.action, body: bodyOf(form, more), label, words: WORDS, place: placeOf(form) });
}

const placeOf = (form) => `${location.pathname}${location.search}#${form.id}`;

/** On leaving a cell: saved when it is whole, asked about when it was emptied, kept as it is when half filled. */
function leave(form) {
  if (!isChanged(form)) return;
  const missing = lacking(form);
  if (!missing && !isExplicit(form)) save(form);
  else if (missing === "reason") say(form, "Indiquez la raison : sans elle, cet état n’est pas enregistré.", "qp-cell__error");
  else if (missing && "entered" in form.dataset && FIGURES.every((name) => !text(form, name))) askToErase(form);
  else if (missing && FIGURES.some((name) => text(form, name))) say(form, "À compléter : les deux nombres vont ensemble.", "qp-cell__error");
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--secondary", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function askToErase(form) {
  say(form, "Le champ est vide, la valeur enregistrée reste.", "qp-cell__error", button("Effacer cette saisie", () => erase(form)), " ", button("Remettre la valeur", () => putBack(form, saved.get(form))));
}

function putBack(form, what) {
  JSON.parse(what).forEach((value, rank) => put(form, TYPED[rank], value));
  askReason(form);
  dropText(draftName(laneOf(form)));
  say(form, "Valeur remise.", "qp-muted");
}

function erase(form) {
  form.undo = saved.get(form);
  empty(form, ...TYPED.slice(0, -1));
  askReason(form);
  save(form, { erase: "1" });
}

const stops = (form) => [...form.querySelectorAll("input:not([type=hidden], [type=radio])")].filter((input) => !input.closest("[hidden], [data-entry-why]") || input === document.activeElement);

function goTo(target) {
  target?.focus();
  target?.select?.();
}

/** The next cell; a cell refused meanwhile comes first. */
function next(form) {
  const refused = forms().find((other) => other !== form && "refused" in other.dataset);
  if (refused) return bringBack(refused);
  const all = forms();
  const following = all[all.indexOf(form) + 1];
  return goTo(following ? stops(following)[0] : document.querySelector("[data-entry-end]:not([hidden])"));
}

function bringBack(form) {
  delete form.dataset.refused;
  form.scrollIntoView({ block: "nearest" });
  // On the question, never on a button: the next Enter of a fast typist must not answer it.
  const asked = status(form).querySelector("[tabindex]");
  goTo(asked ?? form.querySelector("[aria-invalid=true]") ?? stops(form)[0]);
}

const doneOf = (all) => `${all.filter((form) => "entered" in form.dataset).length} sur ${all.length}`;

function count() {
  const bar = document.getElementById("progression");
  if (!bar) return;
  const all = forms();
  document.querySelectorAll("[data-entry-count]").forEach((shown) => { shown.textContent = doneOf(all); });
  bar.value = all.filter((form) => "entered" in form.dataset).length;
  document.querySelector("[data-entry-end]").hidden = bar.value !== all.length;
  document.querySelectorAll("[data-entry-service]").forEach((service) => {
    service.querySelector("h2 > span").textContent = doneOf([...service.querySelectorAll("form[data-entry]")]);
  });
}

/**
 * Parts of the page told by the server: an element that has the identifier takes its place, anything else its content.
 * A cell of the grid that is being typed in only learns its version; the rest comes when it is closed (grid.js).
 */
export function show(parts) {
  for (const [id, html] of Object.entries(parts ?? {})) {
    const place = document.getElementById(id);
    const template = document.createElement("template");
    template.innerHTML = html;
    const whole = template.content.firstElementChild;
    if (!place) continue;
    if (place.classList.contains("is-open")) {
      Object.assign(place, { late: html }).dataset.version = whole.dataset.version;
      continue;
    }
    if (whole?.id === id) place.replaceWith(whole);
    else place.replaceChildren(template.content);
    window.htmx?.process(whole?.id === id ? whole : place);
  }
}

queue.on("fate", (thing, said) => {
  const form = formOf(thing);
  if (!form) return;
  if (said.outcome === "elsewhere") return lookAt(form);
  const isOver = queue.waiting.some((other) => other.lane === thing.lane && other.key !== thing.key);
  Object.entries(said.fields ?? {}).forEach(([name, value]) => { if (field(form, name)) field(form, name).value = value; });
  if (isOver) return; // typed over meanwhile: the fate of the last one will be told
  show(said.parts);
  if (said.outcome === "saved") return settled(form, said);
  return refused(form, said);
});

function settled(form, said) {
  delete form.dataset.refused;
  if (said.entered) form.dataset.entered = "";
  else delete form.dataset.entered;
  if (!said.entered && form.undo) {
    const before = form.undo;
    delete form.undo;
    status(form).append(button("Annuler", () => { putBack(form, before); save(form); }));
  }
  count();
}

function refused(form, said) {
  form.dataset.refused = "";
  const wrong = said.field && field(form, said.field);
  if (wrong) {
    wrong.setAttribute("aria-invalid", "true");
    wrong.setAttribute("aria-describedby", status(form).id);
  }
  if (!said.parts) say(form, said.sentence, "qp-cell__error");
  window.setTimeout(comeBack, QUIET_MS);
}

/** Once the hands are still, or have nothing under them. */
function comeBack() {
  const form = forms().find((one) => "refused" in one.dataset);
  if (!form) return;
  const isTyping = document.activeElement?.matches?.("input, textarea") && performance.now() - keyAt < QUIET_MS;
  if (isTyping) window.setTimeout(comeBack, QUIET_MS);
  else bringBack(form);
}

/** Saved from another window: what the server holds is asked for. */
async function lookAt(form) {
  const said = await ask(form.action, { headers: ours() }).then(told).catch(() => null);
  if (!said) return;
  Object.entries(said.fields ?? {}).forEach(([name, value]) => { field(form, name).value = value; });
  show(said.parts);
}

/** Cells save themselves: their button only stays where saving must be meant (closed month). */
function prepare() {
  for (const form of forms()) {
    if (saved.has(form)) continue;
    saved.set(form, typed(form));
    form.querySelectorAll("[data-entry-save]").forEach((made) => { made.hidden = !isExplicit(form); });
    form.querySelectorAll("input.fr-input").forEach((input) => { input.enterKeyHint = "next"; });
    askReason(form);
    takeUpDraft(form);
    const waiting = queue.things.filter((thing) => thing.lane === laneOf(form)).pop();
    if (waiting) takeUp(form, waiting);
  }
}

function takeUp(form, thing) {
  if (speaksOfMore(thing.body)) unfold(form);
  fill(form, thing.body);
  saved.set(form, typed(form));
  say(form, thing.refused ?? "En attente d’envoi.", thing.refused ? "qp-cell__error" : "qp-muted");
}

/** What was typed here and never sent: half a pair, a figure left by « Back ». */
function takeUpDraft(form) {
  const draft = readText(draftName(laneOf(form)));
  if (!draft) return;
  if (speaksOfMore(draft.body)) unfold(form);
  fill(form, draft.body);
  if (!isChanged(form)) return;
  field(form, "version").value = new URLSearchParams(draft.body).get("version") ?? ""; // the one it was typed over
  say(form, "Tapé mais pas encore enregistré.", "qp-cell__error", isExplicit(form) ? "" : button("Enregistrer", () => (lacking(form) ? goTo(field(form, lacking(form))) : save(form))));
}

document.addEventListener("input", (event) => {
  const form = entryOf(event.target);
  if (!form) return;
  delete form.dataset.refused;
  settle(form, event.target.name);
  if (isChanged(form)) keepText(draftName(laneOf(form)), { at: Date.now(), body: bodyOf(form) });
  else dropText(draftName(laneOf(form)));
});

document.addEventListener("change", (event) => {
  const form = entryOf(event.target);
  if (!form || event.target.name !== "state" || isExplicit(form)) return;
  const missing = lacking(form);
  if (missing === "reason") {
    say(form, "Indiquez la raison : sans elle, cet état n’est pas enregistré.", "qp-cell__error");
    field(form, "reason").focus();
  } else if (!missing && isChanged(form)) {
    save(form);
  }
});

document.addEventListener("focusout", (event) => {
  const form = entryOf(event.target);
  if (form && event.relatedTarget?.closest?.("form[data-entry]") !== form) leave(form);
});

/** Enter, and « Suivant » where a keypad has no Enter. */
function goOn(form, name) {
  const missing = lacking(form);
  if (missing && missing !== name) return goTo(field(form, missing));
  const inputs = stops(form);
  const following = inputs[inputs.indexOf(field(form, name)) + 1];
  if (name === "numerator" && following?.name === "denominator") return goTo(following);
  if (isExplicit(form) || (missing && !("entered" in form.dataset))) {
    if (isChanged(form) || missing) save(form);
    return missing ? null : next(form);
  }
  if (missing) return askToErase(form);
  if (isChanged(form)) save(form);
  return next(form);
}

document.addEventListener("keydown", (event) => {
  keyAt = performance.now();
  const form = entryOf(event.target);
  if (!form || event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  goOn(form, event.target.name);
});

document.addEventListener("submit", (event) => {
  const form = entryOf(event.target);
  if (!form) return;
  event.preventDefault();
  const { name = "", value = "" } = event.submitter ?? {};
  if (name === "erase") erase(form);
  else save(form, name ? { [name]: value } : {});
}, true);

document.addEventListener("click", (event) => {
  const theirs = event.target.closest?.("[data-entry-theirs]");
  if (theirs) {
    const lane = laneOf(entryOf(theirs));
    dropText(draftName(lane));
    queue.refused.filter((thing) => thing.lane === lane).forEach((thing) => queue.drop(thing.key));
  }
  const more = event.target.closest?.("[data-entry-more]");
  if (more) {
    const form = entryOf(more);
    unfold(form);
    saved.set(form, typed(form)); // the fields that came hold nothing
    event.preventDefault();
    form.querySelector("[name=state]").focus();
  }
  const correct = event.target.closest?.("[data-entry-correct]");
  if (!correct) return;
  event.preventDefault();
  const form = entryOf(correct);
  goTo(field(form, "numerator") ?? field(form, "value"));
});

const go = document.querySelector("[data-entry-next]");
if (go) {
  let last = null;
  document.addEventListener("focusin", (event) => {
    if (entryOf(event.target)) last = event.target;
    go.closest("[hidden]")?.removeAttribute("hidden");
  });
  go.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the cell until it moves on
  go.addEventListener("click", () => { if (last?.isConnected) goOn(entryOf(last), last.name); });
}

document.addEventListener("htmx:afterSettle", prepare);
onLeave(() => forms().filter((form) => isChanged(form)).length);
onTakeUp((thing) => {
  const form = formOf(thing);
  if (!form) return false;
  queue.drop(thing.key);
  takeUp(form, { ...thing, refused: thing.refused });
  saved.set(form, "");
  bringBack(form);
  return true;
});
prepare();
queue.loaded.then(() => forms().forEach((form) => {
  const waiting = queue.things.filter((thing) => thing.lane === laneOf(form)).pop();
  if (waiting) takeUp(form, waiting);
}));
