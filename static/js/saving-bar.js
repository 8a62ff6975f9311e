// What waits, what was refused, and since when: one line at the foot of the page, with the gesture that mends it.

import { signInAgain } from "./session.js";

const SETTLING_MS = 900; // a save that goes through is not told twice
const CAUSES = {
  network: "le réseau ne répond pas, l’envoi reprendra de lui-même.",
  busy: "le serveur demande de patienter, l’envoi reprendra de lui-même.",
  session: "votre session est terminée.",
  "": "envoi en cours.",
};
const takers = [];
const givers = [];
const unfinished = [];

/** `take(thing)` puts a thing refused back under the hands when it is of this page, and tells whether it could. */
export const onTakeUp = (take) => takers.push(take);
/** `give(thing)`: a thing refused was given up, the page shows again what the server holds. */
export const onGiveUp = (give) => givers.push(give);
/** `count()`: what is typed and not yet sent; leaving asks first. */
export const onLeave = (count) => unfinished.push(count);

const clock = (at) => new Date(at).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--secondary", textContent: text });
  made.addEventListener("click", act);
  return made;
}

/** « 3 valeurs et 1 formulaire » */
export function counted(things) {
  const numbers = new Map();
  for (const { words = ["envoi", "envois"] } of things) {
    const [, many] = words;
    numbers.set(many, { words, number: (numbers.get(many)?.number ?? 0) + 1 });
  }
  return [...numbers.values()].map(({ words: [one, many], number }) => `${number} ${number > 1 ? many : one}`).join(" et ");
}

export function showBar(queue) {
  const bar = Object.assign(document.createElement("section"), { className: "qp-saving", hidden: true });
  bar.setAttribute("aria-label", "Envois");
  const news = document.createElement("div");
  news.setAttribute("role", "status");
  const list = document.createElement("ul");
  bar.append(news, list);
  document.body.append(bar);
  let shown = "";
  let timer = 0;

  function show() {
    const { waiting, refused, trouble, isFrail } = queue;
    const state = JSON.stringify([waiting.map((thing) => thing.key), refused.map((thing) => thing.key), trouble, isFrail]);
    if (state === shown) return;
    const hadTrouble = !bar.hidden;
    shown = state;
    const lines = [];
    if (waiting.length) {
      const told = line(`${counted(waiting)} en attente d’envoi depuis ${clock(waiting[0].at)} : ${CAUSES[trouble] ?? ""} `);
      if (trouble === "session") told.append(button("Se reconnecter", signInAgain));
      else if (trouble) told.append(button("Envoyer maintenant", () => queue.send()));
      lines.push(told);
    }
    if (isFrail) lines.push(line("Ce navigateur ne garde rien : laissez cette page ouverte jusqu’à la fin de l’envoi."));
    if (!waiting.length && hadTrouble && queue.sent) lines.push(line("Ce qui attendait est envoyé."));
    news.replaceChildren(...lines);
    list.replaceChildren(...refused.map(fateOf));
    bar.hidden = !lines.length && !refused.length;
    if (trouble === "session") signInAgain();
  }

  function fateOf(thing) {
    const item = document.createElement("li");
    const told = line(`${thing.label ? `${thing.label} : ` : ""}${thing.refused}`);
    item.append(told, button("Reprendre", () => takeUp(thing)), button("Abandonner", () => giveUp(thing)));
    return item;
  }

  async function takeUp(thing) {
    if (takers.some((take) => take(thing))) return;
    if (thing.place) location.assign(thing.place);
  }

  async function giveUp(thing) {
    await queue.drop(thing.key);
    givers.forEach((give) => give(thing));
  }

  queue.on("change", () => {
    window.clearTimeout(timer);
    if (queue.trouble || queue.refused.length || queue.isFrail || !queue.waiting.length) show();
    else timer = window.setTimeout(show, SETTLING_MS);
  });
  window.addEventListener("beforeunload", (event) => {
    const isLate = queue.waiting.some((thing) => queue.trouble || queue.isFrail || Date.now() - thing.at > SETTLING_MS);
    if (!isLate && !unfinished.some((count) => count())) return;
    event.preventDefault();
    event.returnValue = ""; // what older browsers look at
  });
}
