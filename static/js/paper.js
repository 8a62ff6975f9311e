// Fast typing of paper forms: a digit answers and goes to the next question, Enter records and opens the next form.
// Forms go to the server behind the typist's back, each with its key, through the queue of the page.
// Without this script the page is a plain form.

import { bodyOf, fill } from "./saving.js";
import { dropText, keepText, readText } from "./storage.js";
import { onLeave, onTakeUp } from "./saving-bar.js";
import { draftName, queue } from "./page.js";
import { answersTo, askedOf, drawKey } from "./survey.js";

const form = document.querySelector("form[data-paper]");
const part = (name) => form.querySelector(`[data-${name}]`);
const isBatch = "nextUrl" in form.dataset;

const rowOf = (target) => target.closest?.("[data-question]");
const inputsOf = (row) => [...row.querySelectorAll("input, textarea")];

/** Hides what an answer excludes; a blank excludes nothing, since people skip the question and answer what follows. */
function settle() {
  for (const row of form.querySelectorAll("[data-depends-on]")) {
    const { dependsOn, dependsAnswers } = row.dataset;
    const parent = form.querySelector(`[data-question="${CSS.escape(dependsOn)}"]`);
    const given = answersTo(form, dependsOn);
    const wanted = dependsAnswers.split(" ").filter(Boolean);
    const excluded = parent?.disabled || (given.length > 0 && wanted.length > 0 && !given.some((code) => wanted.includes(code)));
    row.hidden = excluded;
    row.disabled = excluded;
  }
}

function focus(row) {
  const inputs = inputsOf(row);
  (inputs.find((input) => input.checked) ?? inputs[0]).focus();
  row.scrollIntoView({ block: "nearest" });
}

function move(row, by) {
  const rows = askedOf(form);
  const next = rows[rows.indexOf(row) + by];
  if (next) focus(next);
  else if (by > 0) form.querySelector("button[type=submit]").focus();
}

function choose(row, digit) {
  const input = inputsOf(row).find((one) => one.dataset.digit === digit);
  if (!input) {
    say(`${digit}\u202f: cette question n’a pas de réponse de ce numéro.`);
    return;
  }
  say("");
  input.checked = input.type === "checkbox" ? !input.checked : true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
  if (input.type === "radio") move(row, 1);
}

function erase(row) {
  inputsOf(row).forEach((input) => { input.checked = false; });
  settle();
}

const KEYS = {
  ArrowDown: (row) => move(row, 1),
  ArrowUp: (row) => move(row, -1),
  ".": (row) => { erase(row); move(row, 1); },
  ",": (row) => { erase(row); move(row, 1); },
  Backspace: erase,
  Delete: erase,
  c: () => part("correct")?.click(),
};

form.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!row) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault(); // from the head, to the first question
    focus(askedOf(form)[0]);
    return;
  }
  const isText = event.target.tagName === "TEXTAREA";
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (isText) return;
  const act = /^\d$/.test(event.key) ? () => choose(row, event.key) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act(row);
});
form.addEventListener("change", () => settle());
settle();
if (isBatch && form.elements.cle) batch();
if (!document.querySelector("[data-error-summary]")) focus(askedOf(form)[0]);

/** Forms leave through the queue of the page, each with its key; what is half typed is kept too. */
function batch() {
  const lanes = `${location.pathname}#`;
  const mine = (thing) => thing.lane.startsWith(lanes);
  const draft = draftName(location.pathname);
  const words = ["formulaire", "formulaires"];
  const isAnswered = () => askedOf(form).some((row) => answersTo(form, row.dataset.question).length);
  let told = 0;

  const kept = readText(draft);
  if (kept) {
    putBack(kept.body);
    say("Le formulaire commencé est revenu.");
  }
  form.addEventListener("input", keepDraft);
  form.addEventListener("change", keepDraft);
  onLeave(() => (isAnswered() ? 1 : 0));
  onTakeUp((thing) => {
    if (!mine(thing)) return false;
    queue.drop(thing.key);
    putBack(thing.body);
    focus(askedOf(form)[0]);
    return true;
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isAnswered()) {
      say("Ce formulaire est vide\u202f: tapez au moins une réponse.");
      return;
    }
    const key = form.elements.cle.value;
    const { number } = form.elements;
    const label = number.value ? `Formulaire n° ${number.value}` : "Formulaire";
    queue.add({ key, lane: lanes + key, action: location.href.split("#")[0], body: bodyOf(form), label, words, place: location.pathname });
    dropText(draft);
    renew();
  });

  queue.on("fate", (thing, said) => {
    if (!mine(thing)) return;
    if (said.outcome === "saved") recorded(said);
    else if (said.outcome !== "elsewhere") say("");
  });

  function keepDraft() {
    if (isAnswered()) keepText(draft, { at: Date.now(), body: bodyOf(form) });
    else dropText(draft);
  }

  /** An empty form with a key of its own; place, day and language stay, the number goes up. */
  function renew() {
    form.querySelectorAll("[data-question]").forEach(erase);
    form.querySelectorAll("textarea").forEach((text) => { text.value = ""; });
    form.elements.cle.value = drawKey();
    const { number } = form.elements;
    if (/^\d+$/.test(number.value)) number.value = String(Number(number.value) + 1).padStart(number.value.length, "0");
    settle();
    focus(askedOf(form)[0]);
  }

  /** Never the same words twice: a screen reader would say them once. */
  function recorded(news) {
    told += 1;
    part("count").textContent = news.count;
    part("count-words").textContent = news.count > 1 ? "formulaires saisis par vous aujourd’hui" : "formulaire saisi par vous aujourd’hui";
    say(`${news.sentence} ${told} depuis l’ouverture de la page.`);
    part("correct").href = news.correct_url;
    part("correct").hidden = false;
    part("last").textContent = news.last_label;
  }

  /** A form that was kept or refused, with the key it had. */
  function putBack(body) {
    fill(form, body);
    form.elements.cle.value = new URLSearchParams(body).get("cle") || drawKey();
    settle();
  }
}

function say(sentence) {
  const news = part("news");
  if (news) news.textContent = sentence;
}
