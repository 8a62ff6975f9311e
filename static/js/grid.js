// The grid edited in the grid: Enter or a letter opens a cell, arrows, Tab and Escape, a block pasted, the last gestures
// taken back. Each gesture goes through the queue of the page (saving.js) to one address; the panel holds what a cell
// has beyond its figure. Without this script each cell leads to its form.

import { bodyOf } from "./saving.js";
import { onGiveUp, onLeave, onTakeUp } from "./saving-bar.js";
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
let adding = Promise.resolve(); // the last gesture put on the queue
let wanted = 0; // gestures to take back once the server has said what became of the last one

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

/** The hands go to the panel, and stay there when the one that followed the cell comes after it. */
let isPanelWanted = false;
panel.addEventListener("htmx:afterSettle", () => isPanelWanted && toPanel());
const leavePanel = () => { isPanelWanted = false; };
table.addEventListener("focusin", leavePanel);
panel.addEventListener("keydown", leavePanel);
panel.addEventListener("pointerdown", leavePanel);

/** The panel of another cell than the one under the hands is asked for first. */
function openPanel(cell) {
  if (!isEditable(cell)) return;
  window.clearTimeout(timer);
  isPanelWanted = true;
  window.htmx.ajax("GET", linkOf(cell).href, { target: "#saisie" });
}

selection.onMove = (cell) => {
  follow(cell);
  if (!isEditable(cell)) say("Rien ne se saisit dans cette case.");
};

// One cell -------------------------------------------------------------------------------------------------------

/** `before` is what an entry left as it is would change nothing to; null sends it whatever it is. */
function open(cell, text = null, before = textOf(cell)) {
  if (!isEditable(cell)) return;
  if (isSplit(cell)) return openPanel(cell);
  input = Object.assign(document.createElement("input"), { className: "qp-grid__input", value: text ?? textOf(cell), autocomplete: "off", enterKeyHint: "next" });
  input.setAttribute("aria-label", `${selection.nameOf(cell)}, saisie`);
  if (before !== null) input.dataset.before = before;
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
  if (cell.late) redraw({ [cell.id]: cell.late }, false); // what the server told of it meanwhile
  if (isKept && field.value.trim() !== field.dataset.before?.trim()) send([[document.getElementById(cell.id), field.value.trim()]]);
}

/** Puts cells on the queue: one act of the history, whatever their number; `lost` cells of the paste have no place. */
function send(told, lost = 0) {
  const single = told.length === 1 ? told[0][0] : null;
  const cells = told.map(([cell, text]) => [...cellsOf(cell), text, Number(cell.dataset.version ?? 0)]);
  const body = new URLSearchParams({ cells: JSON.stringify(cells), shown: region.dataset.shown, ...(single && { version: single.dataset.version ?? 0 }) });
  const lane = single ? laneOf(single) : `${action}#bloc-${Date.now()}`;
  told.forEach(([cell, text]) => wait(cell, text));
  say("Enregistrement…");
  put({ lane, body: body.toString(), label: single ? selection.nameOf(single) : `${told.length} cases`, lost });
}

/** `lost`: cells of a paste that have no place here, told with its fate. */
function put({ lane, body, label, lost = 0 }) {
  adding = queue.add({ key: `${lane}#${Date.now()}`, lane, action, body, label, lost, words: WORDS, place });
}

/** What was typed stands in its cell until the server has answered. */
function wait(cell, text) {
  const link = linkOf(cell);
  if (link && !("pending" in cell.dataset)) cell.dataset.shown = link.firstChild.textContent;
  cell.dataset.pending = text;
  cell.setAttribute("aria-busy", "true");
  cell.removeAttribute("aria-invalid");
  if (link) link.firstChild.textContent = text || "·";
}

/** What the server holds stands in its cell again. */
function putBack(cell) {
  if ("shown" in cell.dataset) linkOf(cell).firstChild.textContent = cell.dataset.shown;
  ["data-pending", "data-shown", "aria-busy", "aria-invalid"].forEach((name) => cell.removeAttribute(name));
}

const cellOf = ([row, month]) => document.getElementById(`c${row}-${month}`);
const sentIn = (thing) => {
  const told = new URLSearchParams(thing.body).get("cells");
  return told ? JSON.parse(told).map((one) => cellOf(one)).filter(Boolean) : [];
};
const isOurs = (thing) => thing.action === action;
const isGesture = (thing) => new URLSearchParams(thing.body).has(isOurs(thing) ? "cells" : "place"); // of the grid or its panel
const unask = ({ lane }) => asked.querySelector(`[data-lane="${CSS.escape(lane)}"]`)?.remove();
const lostOf = ({ lost }) => (lost ? ` ${lost > 1 ? `${lost} cases collées n’ont pas de place ici : rien n’en est enregistré.` : "1 case collée n’a pas de place ici : rien n’en est enregistré."}` : "");

// What became of it ----------------------------------------------------------------------------------------------

queue.on("fate", (thing, said) => {
  if (said.undo) undos.push(said.undo);
  tell(thing, said);
  if (!wanted || queue.waiting.some((other) => isGesture(other) && other.key !== thing.key)) return;
  const presses = wanted;
  wanted = 0;
  if (said.undo) for (let press = 0; press < presses; press += 1) takeBackNow();
});

function tell(thing, said) {
  if (said.outcome === "saved") renew(thing, said.parts);
  if (!isOurs(thing)) return said.undo && saved({ parts: said.parts, sentence: `Enregistré : ${said.sentence}.` }); // from the panel
  unask(thing);
  if (said.outcome === "elsewhere") return location.reload();
  if (said.outcome === "saved") return saved({ ...said, sentence: said.sentence + lostOf(thing) });
  return refused(thing, { ...said, sentence: said.sentence + lostOf(thing) });
}

/** What waits on the cells just saved was typed by the same hands: it is sent over what they have just written. */
function renew(thing, parts = {}) {
  const versions = new Map();
  for (const [id, html] of Object.entries(parts)) {
    const version = /^<td [^>]*data-version="(\d+)"/.exec(html.trimStart());
    if (version) versions.set(id, Number(version[1]));
  }
  for (const later of queue.things.filter((other) => isOurs(other) && other.key !== thing.key)) {
    const body = new URLSearchParams(later.body);
    const cells = JSON.parse(body.get("cells") ?? "[]");
    const renewed = cells.map(([row, month, text, version]) => [row, month, text, versions.get(`c${row}-${month}`) ?? version]);
    if (JSON.stringify(renewed) === JSON.stringify(cells)) continue;
    body.set("cells", JSON.stringify(renewed));
    if (body.has("version")) body.set("version", renewed[0][3]);
    later.body = body.toString();
    queue.shelf.put(later);
  }
}

/** Draws again what the server told, but the cell that is being typed in (entry.js). */
function redraw(parts, hadFocus) {
  const at = selection.cell?.id;
  show(parts);
  selection.restore(at, hadFocus);
}

function saved(said) {
  redraw(said.parts, !input && (selection.hasFocus() || document.activeElement === document.body)); // the cell it was on is gone
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
    const body = new URLSearchParams((queue.things.find((one) => one.key === thing.key) ?? thing).body);
    new URLSearchParams(bodyOf(form)).forEach((value, name) => body.set(name, value));
    box.remove();
    say("Enregistrement…");
    put({ ...thing, body: body.toString() });
    selection.focus();
  });
  box.querySelector("[data-grid-drop]").addEventListener("click", () => {
    box.remove();
    queue.drop(thing.key).then(() => location.reload());
  });
  if (!input) box.querySelector("select, input:not([type=hidden])")?.focus();
}

/** The last gesture is taken back, not the one before: what the server made of it is waited for. */
async function takeBack() {
  await adding;
  if (!queue.waiting.some(isGesture)) return takeBackNow();
  wanted += 1;
  return say("Annulation dès que le dernier geste est enregistré…");
}

function takeBackNow() {
  const token = undos.pop();
  if (!token) return say("Rien à annuler.");
  say("Annulation…");
  return put({ lane: `${action}#annuler-${undos.length}-${Date.now()}`, body: new URLSearchParams({ _undo: token, shown: region.dataset.shown }).toString(), label: "Annulation" });
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
  const laid = selection.lay(read(event.clipboardData.getData("text/plain"))).filter(([, text]) => text);
  const told = laid.filter(([cell]) => cell && isEditable(cell));
  if (told.length) send(told, laid.length - told.length);
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
  const [first, ...others] = sentIn(thing);
  if (!first) return false;
  selection.go(first);
  if (others.length) put(thing); // asked again
  else open(first, JSON.parse(new URLSearchParams(thing.body).get("cells"))[0][2], null); // what is sent takes its place on the queue
  return true;
});
onGiveUp((thing) => {
  if (!isOurs(thing)) return;
  unask(thing);
  const kept = new Set(queue.things.filter(isOurs).flatMap(sentIn));
  sentIn(thing).filter((cell) => !kept.has(cell)).forEach(putBack);
});
queue.loaded.then(() => queue.things.filter(isOurs).forEach((thing) => {
  const told = new URLSearchParams(thing.body).get("cells");
  (told ? JSON.parse(told) : []).forEach((one) => { const cell = cellOf(one); if (cell) wait(cell, one[2]); });
}));
