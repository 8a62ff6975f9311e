// The field of search in the header: answers as one types, reached by Ctrl-K, chosen by keyboard (ARIA combobox).
// Without this script the field is a form that leads to the page of search.

const WAIT_MS = 120;
const LEAST = 2;
const form = document.querySelector("[data-search]");
const field = form?.querySelector("input[type=search]");
const list = Object.assign(document.createElement("ul"), { id: "recherche-propositions", className: "qp-search__list", hidden: true });
const news = Object.assign(document.createElement("p"), { className: "fr-sr-only" });
let timer = 0;
let asked = null;
let active = -1;

const element = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });

function option({ title, url, detail, kind }, index) {
  const line = document.createElement("li");
  line.id = `recherche-${index}`;
  line.setAttribute("role", "option");
  line.dataset.url = url;
  line.className = "qp-search__option";
  const told = element("span", "qp-search__detail", [kind, detail].filter(Boolean).join(" · "));
  line.append(element("span", "qp-search__title", title), " ", told);
  return line;
}

function choose(index) {
  const lines = [...list.children];
  active = lines.length ? (index + lines.length) % lines.length : -1;
  lines.forEach((line, at) => line.setAttribute("aria-selected", String(at === active)));
  if (active < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", lines[active].id);
  lines[active].scrollIntoView({ block: "nearest" });
}

function open(isOpen) {
  list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) return;
  list.replaceChildren();
  choose(-1);
}

function show(found) {
  list.replaceChildren(...found.map(option));
  open(found.length > 0);
  choose(0);
  news.textContent = found.length ? `${found.length} proposition${found.length > 1 ? "s" : ""}` : "Aucune proposition";
}

/** What was proposed for the words before these is no answer: Enter leads to the page of search until one comes. */
function forget() {
  asked?.abort();
  window.clearTimeout(timer);
  active = -1;
  field.removeAttribute("aria-activedescendant");
  timer = window.setTimeout(ask, WAIT_MS);
}

async function ask() {
  asked?.abort();
  const words = field.value.trim();
  if (words.length < LEAST) return open(false);
  asked = new AbortController();
  try {
    const address = `${form.action}?${new URLSearchParams({ q: words, propositions: 1 })}`;
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected && words === field.value.trim()) show((await answer.json()).found);
  } catch (error) {
    if (error.name !== "AbortError") open(false); // Enter still leads to the page of search
  }
}

function reach() {
  if (getComputedStyle(field).visibility === "hidden") document.querySelector('.fr-btn--search[aria-controls="recherche"]')?.click();
  field.focus(); // at once: the next letter is already for it
  field.select();
}

const KEYS = {
  ArrowDown: () => (list.hidden ? ask() : choose(active + 1)),
  ArrowUp: () => choose(active - 1),
  Escape: () => { if (list.hidden) return false; open(false); },
  Enter: () => { if (active < 0) return false; location.assign(list.children[active].dataset.url); },
};

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key] && KEYS[event.key]() !== false) event.preventDefault();
}

if (field) {
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Propositions");
  news.setAttribute("role", "status");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-keyshortcuts": "Control+K" })) field.setAttribute(name, value);
  field.placeholder = "Rechercher (Ctrl + K)";
  form.append(list, news);
  field.addEventListener("keydown", press);
  field.addEventListener("input", forget);
  field.addEventListener("blur", () => window.setTimeout(() => open(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => { const line = event.target.closest("[data-url]"); if (line) location.assign(line.dataset.url); });
  document.getElementById("recherche")?.addEventListener("dsfr.disclose", () => window.setTimeout(() => field.focus(), 0)); // on a phone
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    reach();
  });
}
