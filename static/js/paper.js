// Fast typing of paper forms: a digit answers and goes to the next question, Enter records and opens the next form.
// Forms go to the server behind the typist's back, each with its key; what does not get through stays on the page.
// Without this script the page is a plain form.

import { answersTo, askedOf, drawKey } from "./survey.js";

const PATIENCE_MS = 15_000;
const RETRY_MS = 5_000;
const form = document.querySelector("form[data-paper]");
const part = (name) => form.querySelector(`[data-${name}]`);
const isBatch = "nextUrl" in form.dataset;
const unsent = []; // {body, sentence}: oldest first
let isSending = false;

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
  if (!input) return;
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

function batch() {
  let last = Promise.resolve();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!askedOf(form).some((row) => answersTo(form, row.dataset.question).length)) {
      part("news").textContent = "Ce formulaire est vide\u202f: tapez au moins une réponse.";
      return;
    }
    const body = new URLSearchParams(new FormData(form)).toString();
    renew();
    unsent.push({ body, sentence: "" });
    last = last.then(send);
  });
  part("retry").addEventListener("click", () => { last = last.then(send); });
  part("take-up").addEventListener("click", takeUp);
  window.addEventListener("beforeunload", (event) => { if (unsent.length) event.preventDefault(); });

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

  /** Sends what waits, oldest first; stops at the first that does not get through. */
  async function send() {
    if (isSending) return;
    isSending = true;
    while (unsent.length && await sendOne(unsent[0])) unsent.shift();
    isSending = false;
    tell();
    if (unsent.length && !unsent[0].sentence) window.setTimeout(() => { last = last.then(send); }, RETRY_MS);
  }

  async function sendOne(typedForm) {
    try {
      const answer = await fetch(form.dataset.nextUrl, {
        method: "POST",
        body: typedForm.body,
        headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.ok && !answer.redirected) {
        recorded(await answer.json());
        return true;
      }
      typedForm.sentence = answer.status === 422 ? (await answer.json()).sentence : sentenceOf(answer);
    } catch {
      typedForm.sentence = "";
    }
    return false;
  }

  const sentenceOf = (answer) => (answer.redirected || answer.status === 403 ? "Votre session est terminée\u202f: connectez-vous dans un autre onglet, puis renvoyez." : "");

  function recorded(news) {
    part("count").textContent = news.count;
    part("count-words").textContent = news.count > 1 ? "formulaires saisis par vous aujourd’hui" : "formulaire saisi par vous aujourd’hui";
    part("news").textContent = news.sentence;
    part("correct").href = news.correct_url;
    part("correct").hidden = false;
    part("last").textContent = news.last_label;
  }

  function tell() {
    const [first] = unsent;
    part("unsent").hidden = !first;
    if (!first) return;
    part("news").textContent = "";
    const waiting = `${unsent.length} formulaire${unsent.length > 1 ? "s" : ""} en attente d’envoi.`;
    part("unsent-words").textContent = first.sentence ? `Formulaire non enregistré\u202f: ${first.sentence} ${waiting}` : `Le réseau ne répond pas. ${waiting}`;
    part("take-up").hidden = !first.sentence;
  }

  /** Puts back on the page the form that was refused, with the key it had. */
  function takeUp() {
    const { body } = unsent.shift();
    const data = new URLSearchParams(body);
    renew();
    for (const element of form.elements) {
      if (!element.name || element.name === "csrfmiddlewaretoken") continue;
      if (element.type === "radio" || element.type === "checkbox") element.checked = data.getAll(element.name).includes(element.value);
      else if (data.has(element.name)) element.value = data.get(element.name);
    }
    settle();
    tell();
    focus(askedOf(form)[0]);
    last = last.then(send);
  }
}
