// One tap, one stroke, network or not: it goes on the queue of the page with a key and the day of its own.
// Without this script each button is a plain form.

import { queue } from "./page.js";
import { bodyOf } from "./saving.js";
import { drawKey } from "./survey.js";

const news = document.querySelector("[data-tally-news]");
const lanes = `${location.pathname}#`;
let tapped = 0;

/** The day here, as the server writes it; a stroke that waits for the network keeps the day it was tapped. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

for (const form of document.querySelectorAll("form[data-tally]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = drawKey();
    const label = `Trait : ${form.querySelector("button").textContent.trim()}`;
    queue.add({ key, lane: lanes + key, action: location.pathname, body: bodyOf(form, { key, on: today() }), label, words: ["trait", "traits"], place: location.pathname });
  });
}

queue.on("fate", (thing, said) => {
  if (!thing.lane.startsWith(lanes) || said.outcome !== "saved") return;
  tapped += 1; // never the same words twice: a screen reader would say them once
  news.textContent = `${said.sentence} ${tapped} depuis l’ouverture de la page.`;
});
