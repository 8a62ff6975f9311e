// The tablet of the hall: one question per screen, back to the start when left alone, answers kept while off line.
// Without this script the whole questionnaire is on the page and works like that of the web.

import { answersTo, askedOf, drawKey, settle } from "./survey.js";
import { dropDraft, keepDraft, takeUpDraft } from "./kiosk-draft.js";
import { watchIdle } from "./kiosk-idle.js";
import { prepareOffline, watchQueue } from "./kiosk-network.js";
import { ask, keep } from "./kiosk-queue.js";

const TAP_MS = 500; // a choice made by touch goes on by itself; by keyboard, the button does
const PAUSE_MS = 350;
const THANKS_MS = 8_000;
const FRESH_MS = 6 * 3_600_000;

const state = document.querySelector("[data-kiosk-state]");
const form = document.getElementById("questionnaire");
const { stateUrl, workerUrl } = state.dataset;
const sendNow = watchQueue(state);
prepareOffline(workerUrl, stateUrl);
if (form) start();

function start() {
  const loadedAt = Date.now();
  const screens = { start: document.querySelector("[data-screen=start]"), form, thanks: document.querySelector("[data-screen=thanks]") };
  const on = (selector, act) => document.querySelector(selector).addEventListener("click", act);
  let current = null;
  let tapped = -TAP_MS;
  let leaving = 0;
  let isFinishing = false;

  function show(name) {
    Object.entries(screens).forEach(([key, screen]) => { screen.hidden = key !== name; });
    document.body.dataset.shown = name;
    window.clearTimeout(leaving);
    window.scrollTo(0, 0);
    screens[name].querySelector("h1")?.focus({ preventScroll: true });
  }

  function open(question) {
    current?.removeAttribute("data-current");
    current = question;
    current.dataset.current = "";
    current.setAttribute("aria-describedby", "etape"); // « Question 4 sur 18 », read after the question
    describe();
    remember();
    window.scrollTo(0, 0);
    current.focus({ preventScroll: true });
  }

  /** The step, and what the buttons do here. */
  function describe() {
    const asked = askedOf(form);
    const rank = asked.indexOf(current);
    const isLast = rank === asked.length - 1;
    const { step, answer, skip, finish } = form.dataset;
    const isAnswered = answersTo(form, current.dataset.question).length > 0;
    form.querySelector("[data-progress]").textContent = step.replace("{number}", rank + 1).replace("{count}", asked.length);
    form.querySelector("[data-previous]").hidden = rank === 0;
    const next = form.querySelector("[data-next]");
    next.textContent = isLast ? finish : isAnswered ? answer : skip;
    next.classList.toggle("fr-btn--secondary", !isLast && !isAnswered);
  }

  const remember = () => keepDraft(form, current.dataset.question);

  function begin() {
    form.reset();
    form.querySelectorAll("[data-missing-told]").forEach((line) => line.remove());
    settle(form);
    show("form");
    open(askedOf(form)[0]);
  }

  /** After a reload in the middle: the same question, with the answers already given. */
  function resume() {
    const name = takeUpDraft(form);
    if (!name) return false;
    settle(form);
    show("form");
    const asked = askedOf(form);
    open(asked.find((question) => question.dataset.question === name) ?? asked[0]);
    return true;
  }

  function move(by) {
    const asked = askedOf(form);
    const next = asked[asked.indexOf(current) + by];
    if (next) open(next);
    return Boolean(next);
  }

  /** A compulsory question left blank says so, once. */
  function isMissing() {
    const { missing, question } = current.dataset;
    const told = current.querySelector("[data-missing-told]");
    if (!missing || answersTo(form, question).length) {
      told?.remove();
      return false;
    }
    if (!told) {
      const line = Object.assign(document.createElement("p"), { className: "qs-question__error", textContent: missing });
      line.setAttribute("role", "alert");
      line.dataset.missingTold = "";
      current.querySelector("legend").after(line);
    }
    return true;
  }

  /** Once for a person: a second press, while the first is being kept, would draw a second key. */
  async function finish() {
    if (isFinishing) return;
    isFinishing = true;
    await keepForm().finally(() => { isFinishing = false; });
    dropDraft();
    form.reset();
    show("thanks");
    leaving = window.setTimeout(leave, THANKS_MS);
  }

  async function keepForm() {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    if ([...data.keys()].some((name) => name.startsWith("q-") && data.get(name).trim())) {
      const key = drawKey();
      data.set("cle", key);
      data.set("jour", new Date().toLocaleDateString("sv-SE")); // year-month-day, where the tablet is
      await keep({ key, action: location.pathname, state: stateUrl, body: new URLSearchParams(data).toString(), at: Date.now() });
      sendNow();
    }
  }

  function leave() {
    dropDraft();
    form.reset();
    if (location.search) location.assign(location.pathname);
    else show("start");
    refresh();
  }

  /** Between two people: a page that is old, or a survey that is over, is asked for again. */
  async function refresh() {
    const now = await ask(stateUrl).catch(() => null);
    if (now && document.body.dataset.shown === "start" && (!now.open || Date.now() - loadedAt > FRESH_MS)) location.reload();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isMissing() && !move(1)) finish();
  });
  form.addEventListener("pointerup", () => { tapped = Date.now(); });
  form.addEventListener("change", (event) => {
    settle(form);
    describe();
    remember();
    const question = current;
    const goesOn = event.target.type === "radio" && Date.now() - tapped < TAP_MS;
    if (goesOn) window.setTimeout(() => { if (current === question && !screens.form.hidden) move(1); }, PAUSE_MS);
  });
  form.addEventListener("input", () => { describe(); remember(); });
  on("[data-begin]", (event) => { event.preventDefault(); begin(); });
  on("[data-previous]", () => move(-1));
  on("[data-restart]", leave);
  on("[data-again]", leave);
  watchIdle(document.querySelector("[data-idle]"), { isStarted: () => !screens.form.hidden, leave });
  document.querySelectorAll("[data-hint], [data-progress], [data-restart]").forEach((part) => { part.hidden = false; });
  document.body.dataset.ready = "";
  if (!resume()) {
    if (location.hash === "#debut") begin();
    else show("start");
  }
  // The browser goes to « #debut » once the page is there, and would leave a screen reader on nothing.
  window.addEventListener("load", () => window.setTimeout(() => { if (!form.hidden) current?.focus({ preventScroll: true }); }));
}
