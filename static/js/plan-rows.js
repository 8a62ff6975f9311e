// A plan written row after row: Enter keeps the row and opens the next, the save follows through the queue of the page.
// Without this script each row is sent as a form.

import { bodyOf, fill } from "./saving.js";
import { onLeave } from "./saving-bar.js";
import { queue } from "./page.js";
import { put, undoable } from "./in-place.js";

const form = document.querySelector("[data-rows]");
const written = document.querySelector("[data-written]");
const names = ["finding", "text", "who", "deadline"];
const field = (name) => form.elements.namedItem(name);
const isBlank = () => names.every((name) => !field(name).value.trim());
const waiting = new Map(); // key of a row → its line

function line(cells) {
  const made = document.createElement("tr");
  made.setAttribute("aria-busy", "true");
  made.append(...cells.map((textContent) => Object.assign(document.createElement("td"), { textContent })));
  written.append(made);
  return made;
}

/** Where an action without finding goes, said in its place. */
function follow(words) {
  field("under").value = words;
  field("finding").placeholder = words ? `suite de : ${words}` : "";
}

function write() {
  if (isBlank()) return;
  const key = crypto.randomUUID?.() ?? `${Date.now()}`;
  const told = names.map((name) => field(name).value);
  waiting.set(key, line(told));
  const body = bodyOf(form, { _in_place: "1", _key: key });
  queue.add({ key, lane: key, action: form.action, body, label: told[0] || told[1], words: ["ligne", "lignes"], place: location.pathname });
  if (told[0].trim()) follow(told[0].trim());
  names.forEach((name) => { field(name).value = ""; });
  document.getElementById("ligne-comprise").textContent = "";
  field("finding").focus();
}

queue.on("fate", (thing, said) => {
  const made = waiting.get(thing.key);
  if (!made) return;
  waiting.delete(thing.key);
  made.removeAttribute("aria-busy");
  if (said.outcome !== "saved") return refused(thing, said, made);
  put(said.pieces);
  if (!said.row) return;
  const template = document.createElement("template");
  template.innerHTML = said.row.trim();
  const row = template.content.firstElementChild;
  made.replaceWith(row);
  undoable(said, form.action, () => row.remove());
});

/** The line stays with its reason; a press puts it back under the hands. */
function refused(thing, said, made) {
  queue.drop(thing.key);
  const told = new URLSearchParams(thing.body);
  const before = told.get("under") ?? "";
  if (told.get("finding")?.trim() === field("under").value) follow(before); // no action is to open the finding refused
  const cell = Object.assign(document.createElement("td"), { colSpan: 4 });
  const words = Object.assign(document.createElement("p"), { className: "fr-error-text", textContent: said.sentence });
  const again = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--secondary", textContent: "Reprendre" });
  const line = document.createElement("tr");
  again.addEventListener("click", () => {
    fill(form, thing.body);
    follow(before);
    made.remove();
    line.remove();
    field("finding").focus();
  });
  cell.append(words, again);
  line.append(cell);
  made.after(line);
}

if (form) {
  follow(field("under").value);
  onLeave(() => (isBlank() ? 0 : 1));
  names.forEach((name) => field(name).addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write();
  }));
  form.addEventListener("submit", (event) => { event.preventDefault(); write(); });
}
