// The questionnaire of the web, a few questions at a time. It stays one form, sent once: a step hides the others.
// Without this script, and where few questions are asked, it is whole on the page.

import { answersTo } from "./survey.js";

const MOST = 5; // questions of a step
const SCROLL = 720; // pixels that a step may be longer than the screen
const QUESTION = "[data-question]";

const introduction = () => [...document.querySelectorAll("[data-introduction]")];

/** What stands in each step: its questions, with the words above them. One that depends on another stays by it. */
function stepsOf(form) {
  const others = document.documentElement.scrollHeight - form.querySelector("[data-questions]").offsetHeight;
  const saved = introduction().reduce((sum, element) => sum + element.offsetHeight, 0); // shown by the first step alone
  let room = window.innerHeight + SCROLL - others;
  const steps = [];
  let words = [];
  let height = Infinity;
  let asked = MOST;
  for (const element of form.querySelector("[data-questions]").children) {
    if (!element.matches(QUESTION)) {
      words.push(element);
      continue;
    }
    const own = element.offsetHeight + parseFloat(getComputedStyle(element).marginTop);
    if (!element.dataset.dependsOn && (asked === MOST || height + own > room)) {
      steps.push([]);
      asked = height = 0;
      if (steps.length === 2) room += saved;
    }
    steps.at(-1).push(...words, element);
    words = [];
    height += own;
    asked += element.dataset.dependsOn ? 0 : 1;
  }
  return steps;
}

/** Divides a form into steps; a short one stays whole. */
export function divide(form) {
  const stepper = form.querySelector("[data-stepper]");
  if (!stepper || form.querySelectorAll(`${QUESTION}:not([data-depends-on])`).length <= MOST) return;
  const steps = stepsOf(form);
  const title = stepper.querySelector("h2");
  const bars = stepper.querySelector("[data-fr-steps]");
  const [last, turn] = ["[data-last]", "[data-turn]"].map((name) => form.querySelector(name));
  const [back, on] = ["[data-back]", "[data-on]"].map((name) => turn.querySelector(name));
  let current = 0;

  function open(number) {
    current = number;
    steps.forEach((elements, rank) => elements.forEach((element) => element.toggleAttribute("data-away", rank !== number)));
    const isLast = number === steps.length - 1;
    introduction().forEach((element) => element.toggleAttribute("data-away", number > 0));
    last.toggleAttribute("data-away", !isLast);
    back.hidden = number === 0;
    on.hidden = isLast;
    title.textContent = stepper.dataset.words.replace("{number}", number + 1).replace("{count}", steps.length);
    bars.dataset.frCurrentStep = number + 1;
    bars.dataset.frSteps = steps.length;
  }

  function go(number) {
    open(number);
    title.focus({ preventScroll: true });
    stepper.scrollIntoView();
  }

  const stepWith = (element) => steps.findIndex((elements) => elements.some((one) => one === element || one.contains(element)));
  const isAnswered = (element) => element.matches(QUESTION) && answersTo(form, element.dataset.question).length > 0;
  stepper.hidden = turn.hidden = false;
  back.addEventListener("click", () => go(current - 1));
  on.addEventListener("click", () => go(current + 1));
  form.addEventListener("submit", (event) => { // Enter in a field goes on, the last step sends
    if (current === steps.length - 1) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(current + 1);
  });
  document.addEventListener("click", (event) => { // a link of the summary of errors leads to its question
    const hash = event.target.closest('a[href^="#"]')?.hash;
    const step = hash ? stepWith(document.getElementById(decodeURIComponent(hash.slice(1)))) : -1;
    if (step >= 0) open(step);
  });
  const inError = stepWith(form.querySelector(".qp-public-question--error"));
  open(inError >= 0 ? inError : Math.max(0, steps.findLastIndex((elements) => elements.some(isAnswered))));
}
