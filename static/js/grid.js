// The grid edited in the grid: Enter or a letter opens a cell, arrows, Tab and Escape, a block pasted, the last gestures
// taken back. Each gesture goes through the queue of the page (saving.js) to one address; the panel holds what a cell
// has beyond its figure. Without this script each cell leads to its form.

import { bodyOf } from "./saving.js";
import { onLeave, onTakeUp } from "./saving-bar.js";
import { queue } from "./page.js";
import { show } from "./entry.js";
import { cellsOf, read, Selection } from "./grid-cells.js";

const region = document.querySelector("[data-grid]");
const table = region.querySelector("table");
const panel = document.getElementById("saisie");
const asked = document.getElementById("a-confirmer");
const news = document.getElementById("grille-nouvelles");
const action = region.dataset.grid;
const place = `${location.pathname}${location.search}`;
const PANEL_MS = 250; // the panel follows once the hands have stopped
const WORDS = ["case", "cases"];
const undos = []; // what takes the last gestures back, the latest last
const selection = new Selection(table);
let input = null; // of the cell that is open
let isTyping = false; // Tab goes from cell to cell once something was typed, until Escape
let timer = 0;

const say = (sentence) => { news.textContent = sentence; };
const isEditable = (cell) => "edit" in cell.dataset;
const isSplit = (cell) => "split" in cell.parentElement.dataset;
const laneOf = (cell) => `${action}#${cell.id}`;
const linkOf = (cell) => cell.querySelector("a");
const textOf = (cell) => cell.dataset.pending ?? cell.dataset.typed ?? (cell.classList.contains("qp-grid__cell--missing") ? "" : linkOf(cell)?.firstChild?.textContent ?? "");

// The panel ------------------------------------------------------------------------------------------------------

function follow(cell) {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (panel.contains(document.activeElement) || selection.cell !== cell) return;
    const url = isEditable(cell) && linkOf(cell)?.href;
    if (url) window.htmx.ajax("GET", url, { target: "#saisie" });
    else panel.replaceChildren();
  }, PANEL_MS);
}

const toPanel = () => {
  const wanted = panel.querySelector("input:not([type=hidden], [type=radio])");
  wanted?.focus();
  wanted?.select();
};

/** The panel of another cell than the one under the hands is asked for first. */
function openPanel(cell) {
  if (!isEditable(cell)) return;
  window.htmx.ajax("GET", linkOf(cell).href, { target: "#saisie" }).then(() => window.setTimeout(toPanel));
}

selection.onMove = (cell) => {
  follow(cell);
  if (!isEditable(cell)) say("Rien ne se saisit dans cette case.");
};

// One cell -------------------------------------------------------------------------------------------------------

function open(cell, text = null) {
  if (!isEditable(cell)) return;
  if (isSplit(cell)) return openPanel(cell);
  input = Object.assign(document.createElement("input"), { className: "qp-grid__input", value: text ?? textOf(cell), autocomplete: "off", enterKeyHint: "next" });
  input.setAttribute("aria-label", `${selection.nameOf(cell)}, saisie`);
  input.dataset.before = textOf(cell);
  cell.append(input);
  cell.classList.add("is-open");
  input.focus();
  if (text === null) input.select();
}

/** Closes the open cell, keeping what was typed in it or not. */
function close(isKept) {
  if (!input) return;
  const [field, cell] = [input, input.closest("td")];
  input = null;
  cell.classList.remove("is-open");
  field.remove();
  if (isKept && field.value.trim() !== field.dataset.before.trim()) send([[cell, field.value.trim()]]);
}

/** Puts cells on the queue: one act of the history, whatever their number. */
function send(told, more = {}) {
  const single = told.length === 1 ? told[0][0] : null;
  const cells = told.map(([cell, text]) => [...cellsOf(cell), text, Number(cell.dataset.version ?? 0)]);
  const body = new URLSearchParams({ cells: JSON.stringify(cells), shown: region.dataset.shown, ...(single && { version: single.dataset.version ?? 0 }), ...more });
  const lane = single ? laneOf(single) : `${action}#bloc-${Date.now()}`;
  told.forEach(([cell, text]) => wait(cell, text));
  say("Enregistrement…");
  put(lane, body.toString(), single ? selection.nameOf(single) : `${told.length} cases`);
}

const put = (lane, body, label) => queue.add({ key: `${lane}#${Date.now()}`, lane, action, body, label, words: WORDS, place });

/** What was typed stands in its cell until the server has answered. */
function wait(cell, text) {
  cell.dataset.pending = text;
  cell.setAttribute("aria-busy", "true");
  cell.removeAttribute("aria-invalid");
  const link = linkOf(cell);
  if (link) link.firstChild.textContent = text || "·";
}

const cellOf = ([row, month]) => document.getElementById(`c${row}-${month}`);
const sentIn = (thing) => {
  const told = new URLSearchParams(thing.body).get("cells");
  return told ? JSON.parse(told).map((one) => cellOf(one)).filter(Boolean) : [];
};
const isOurs = (thing) => thing.action === action;

// What became of it ----------------------------------------------------------------------------------------------

queue.on("fate", (thing, said) => {
  if (said.undo) undos.push(said.undo);
  if (!isOurs(thing)) return said.undo && saved({ parts: said.parts, sentence: `Enregistré : ${said.sentence}.` }); // from the panel
  asked.querySelector(`[data-lane="${CSS.escape(thing.lane)}"]`)?.remove();
  if (said.outcome === "elsewhere") return location.reload();
  if (said.outcome === "saved") return saved(said);
  return refused(thing, said);
});

function saved(said) {
  const at = selection.cell?.id;
  const hadFocus = selection.hasFocus() || document.activeElement === document.body; // the cell it was on is gone
  show(said.parts);
  selection.restore(at, hadFocus);
  say(said.sentence);
  if (selection.cell) follow(selection.cell);
}

function refused(thing, said) {
  const cells = sentIn(thing);
  cells.forEach((cell) => {
    cell.removeAttribute("aria-busy");
    cell.setAttribute("aria-invalid", "true");
  });
  say(said.sentence);
  if (!cells.length) queue.drop(thing.key); // a gesture that is not taken back any more
  if (said.html) confirm(thing, said.html);
}

/** What is doubtful of a gesture, in the panel; the hands are brought there unless they are typing. */
function confirm(thing, html) {
  const box = document.createElement("div");
  box.dataset.lane = thing.lane;
  box.innerHTML = html;
  asked.append(box);
  const form = box.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const body = new URLSearchParams(thing.body);
    new URLSearchParams(bodyOf(form)).forEach((value, name) => body.set(name, value));
    box.remove();
    say("Enregistrement…");
    put(thing.lane, body.toString(), thing.label);
    selection.focus();
  });
  box.querySelector("[data-grid-drop]").addEventListener("click", () => {
    box.remove();
    queue.drop(thing.key).then(() => location.reload());
  });
  if (!input) box.querySelector("select, input:not([type=hidden])")?.focus();
}

function takeBack() {
  const token = undos.pop();
  if (!token) return say("Rien à annuler.");
  say("Annulation…");
  return put(`${action}#annuler-${undos.length}-${Date.now()}`, new URLSearchParams({ _undo: token, shown: region.dataset.shown }).toString(), "Annulation");
}

// Hands ----------------------------------------------------------------------------------------------------------

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -12], End: [0, 12] };

function onOpen(event) {
  const steps = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  if (event.key === "Escape") {
    close(false);
    selection.focus();
  } else if (steps[event.key]) {
    isTyping = true;
    close(true);
    selection.move(...steps[event.key]) || selection.focus();
  } else return;
  event.preventDefault();
}

function onCell(event) {
  const { key, shiftKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && key.toLowerCase() === "z") takeBack();
  else if (isCommand && (key === "Home" || key === "End")) selection.end(key === "End");
  else if (isCommand || event.altKey) return;
  else if (MOVES[key]) selection.move(...MOVES[key], shiftKey);
  else if (key === "F2" && shiftKey) openPanel(selection.cell);
  else if (key === "Enter" || key === "F2") open(selection.cell);
  else if (key === "Delete" || key === "Backspace") erase();
  else if (key === "Escape") isTyping = false;
  else if (key === "Tab") { if (!isTyping || !selection.step(shiftKey ? -1 : 1)) return; }
  else if (key.length === 1) open(selection.cell, key);
  else return;
  event.preventDefault();
}

function erase() {
  const told = selection.cells.filter((cell) => isEditable(cell) && textOf(cell)).map((cell) => [cell, ""]);
  if (told.length) send(told);
}

table.addEventListener("keydown", (event) => {
  if (event.target === input) return onOpen(event);
  if (event.target.closest("td") && selection.has(event.target.closest("td"))) onCell(event);
});
table.addEventListener("focusout", (event) => {
  if (event.target === input && event.relatedTarget?.closest?.("td") !== input.closest("td")) close(true);
});
table.addEventListener("click", (event) => {
  const cell = event.target.closest("td");
  if (!cell || !selection.has(cell) || event.target === input || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (selection.cell === cell && selection.hasFocus()) open(cell);
  else selection.go(cell, event.shiftKey);
});
document.addEventListener("copy", (event) => {
  if (input || !selection.hasFocus()) return;
  event.clipboardData.setData("text/plain", selection.lines.map((line) => line.map(textOf).join("\t")).join("\n"));
  event.preventDefault();
});
document.addEventListener("paste", (event) => {
  if (input || !selection.hasFocus()) return;
  event.preventDefault();
  const told = selection.lay(read(event.clipboardData.getData("text/plain"))).filter(([cell, text]) => text && isEditable(cell));
  if (told.length) send(told);
  else say("Rien ne se colle ici : choisissez la première case à remplir.");
});
document.getElementById("colonne").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  selection.focus();
});

onLeave(() => (input && input.value !== input.dataset.before ? 1 : 0));
onTakeUp((thing) => {
  if (!isOurs(thing)) return false;
  const cells = sentIn(thing);
  const [first] = cells;
  if (!first) return false;
  queue.drop(thing.key);
  selection.go(first);
  if (cells.length === 1) open(first, JSON.parse(new URLSearchParams(thing.body).get("cells"))[0][2]);
  else put(thing.lane, thing.body, thing.label); // asked again
  return true;
});
queue.loaded.then(() => queue.things.filter(isOurs).forEach((thing) => {
  const told = new URLSearchParams(thing.body).get("cells");
  (told ? JSON.parse(told) : []).forEach((one) => { const cell = cellOf(one); if (cell) wait(cell, one[2]); });
}));
