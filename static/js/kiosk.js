// The tablet of the hall: one question per screen, back to the start when left alone, answers kept while off line.
// Without this script the whole questionnaire is on the page and works like that of the web.

import { answersTo, askedOf, drawKey, settle } from "./survey.js";
import { dropDraft, keepDraft, takeUpDraft } from "./kiosk-draft.js";
import { watchIdle } from "./kiosk-idle.js";
import { prepareOffline, stateOf, watchQueue } from "./kiosk-network.js";

const TAP_MS = 500; // a choice made by touch goes on by itself; by keyboard, the button does
const PAUSE_MS = 350;
const THANKS_MS = 8_000;
const FRESH_MS = 6 * 3_600_000;
const OPENING_MS = 60_000;
const ANSWER_MS = 15_000;

const state = document.querySelector("[data-kiosk-state]");
const form = document.getElementById("questionnaire");
const { stateUrl, workerUrl } = state.dataset;
const queue = watchQueue(state);
prepareOffline(workerUrl, stateUrl);
stayHere();
if (form) start();
else wait();

/** « Back » leads nowhere else: the tablet shows the survey. */
function stayHere() {
  history.pushState({ kiosk: true }, "");
  window.addEventListener("popstate", () => history.pushState({ kiosk: true }, ""));
}

/** A survey not open yet, or put out of service: it opens by itself. */
function wait() {
  window.setInterval(async () => {
    const now = await stateOf(stateUrl);
    if (now?.open) location.reload();
  }, OPENING_MS);
}

function start() {
  const loadedAt = Date.now();
  const screens = { form };
  for (const name of ["start", "thanks", "unsent"]) screens[name] = document.querySelector(`[data-screen=${name}]`);
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
      const line = Object.assign(document.createElement("p"), { className: "qp-public-question__error", textContent: missing });
      line.setAttribute("role", "alert");
      line.dataset.missingTold = "";
      current.querySelector("legend").after(line);
    }
    return true;
  }

  /** Once for a person; thanked once the form is kept where it outlives the page, or the server has it. */
  async function finish() {
    if (isFinishing) return;
    isFinishing = true;
    const isSafe = await keepForm().catch(() => false).finally(() => { isFinishing = false; });
    dropDraft();
    form.reset();
    show(isSafe ? "thanks" : "unsent");
    if (isSafe) leaving = window.setTimeout(leave, THANKS_MS);
  }

  async function keepForm() {
    const data = new FormData(form);
    data.delete("jeton");
    if (![...data.keys()].some((name) => name.startsWith("q-") && data.get(name).trim())) return true;
    const key = drawKey();
    data.set("cle", key);
    data.set("jour", new Date().toLocaleDateString("sv-SE")); // year-month-day, where the tablet is
    data.set("rempli", Date.now());
    const isKept = await queue.add({ key, action: location.pathname, state: stateUrl, body: new URLSearchParams(data).toString() });
    return isKept || isReceived(key);
  }

  /** Where nothing is kept, the server's word is waited for. */
  function isReceived(key) {
    return new Promise((resolve) => {
      window.setTimeout(() => resolve(false), ANSWER_MS);
      queue.on("fate", (thing, said) => { if (thing.key === key) resolve(said.outcome === "saved"); });
    });
  }

  async function sendAgain() {
    await queue.send();
    if (queue.waiting.length) return;
    show("thanks");
    leaving = window.setTimeout(leave, THANKS_MS);
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
    const now = await stateOf(stateUrl);
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
  on("[data-send-again]", sendAgain);
  document.querySelectorAll("[data-open]").forEach((opener) => opener.addEventListener("click", () => {
    const box = document.getElementById(opener.dataset.open);
    if (box.showModal) box.showModal();
    else box.setAttribute("open", "");
  }));
  document.querySelectorAll("[data-close]").forEach((closer) => closer.addEventListener("click", () => {
    const box = closer.closest("dialog");
    if (box.close) box.close();
    else box.removeAttribute("open");
  }));
  watchIdle(document.querySelector("[data-idle]"), { isStarted: () => !screens.form.hidden || !screens.unsent.hidden, leave });
  document.querySelectorAll("[data-hint], [data-progress], [data-restart]").forEach((part) => { part.hidden = false; });
  document.body.dataset.ready = "";
  delete document.documentElement.dataset.starting;
  if (!resume()) {
    if (location.hash === "#debut") begin();
    else show("start");
  }
  // The browser goes to « #debut » once the page is there, and would leave a screen reader on nothing.
  window.addEventListener("load", () => window.setTimeout(() => { if (!form.hidden) current?.focus({ preventScroll: true }); }));
}
