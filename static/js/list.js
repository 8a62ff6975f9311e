// A list narrowed as one chooses: the lines alone are asked for again, the address follows, a filter is taken off by its
// chip, and filters are kept under a name on this device. Without this script « Filtrer » loads the page as ever.

import { keepText, readText } from "./storage.js";
import { who } from "./session.js";

const TYPING_MS = 400;
const form = document.querySelector("form.qp-filters");
const fold = form?.querySelector(".qp-filters__fold");
const place = () => document.getElementById("liste");
const shelf = `filtres:${who}:${location.pathname}`;
const news = Object.assign(document.createElement("p"), { className: "fr-sr-only" });
let asked = null;
let timer = 0;

const remember = () => { try { sessionStorage.setItem(`liste:${location.pathname}`, location.search); } catch { /* a private window */ } };

/** What the form asks for, without what is left open. */
function query() {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) data.append(name, value);
  return data.size || !form.elements.site ? `?${data}` : "?site="; // all sites, whichever the header keeps
}

async function load(search) {
  asked?.abort();
  asked = new AbortController();
  place().setAttribute("aria-busy", "true");
  const answer = await fetch(location.pathname + search, { signal: asked.signal, credentials: "same-origin" }).catch((error) => error);
  if (answer.name === "AbortError") return;
  if (!answer.ok || answer.redirected) return location.assign(location.pathname + search);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const lines = page.getElementById("liste");
  if (!lines) return location.assign(location.pathname + search);
  const [tabs, theirs] = [document, page].map((whole) => whole.querySelector(".qp-tabs"));
  if (theirs) tabs?.replaceWith(document.adoptNode(theirs)); // the other ways to see the same lines
  place().replaceWith(document.adoptNode(lines));
  window.htmx?.process(place());
  history.replaceState(null, "", location.pathname + search);
  news.textContent = place().querySelector(".qp-table__count, .qp-empty__title")?.textContent ?? "";
  remember();
  offer();
}

const later = (ms) => {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => load(query()), ms);
};

/** The filters kept under a name: each leads to its list, which its address gives to somebody else too. */
function offer() {
  const kept = readText(shelf) ?? [];
  const details = document.createElement("details");
  details.className = "qp-saved";
  const summary = Object.assign(document.createElement("summary"), { textContent: kept.length ? `Filtres gardés (${kept.length})` : "Garder ces filtres" });
  const list = document.createElement("ul");
  for (const one of kept) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: location.pathname + one.search, textContent: one.name });
    line.append(link, " ", button("Copier le lien", () => copy(link.href, one.name), `Copier le lien de « ${one.name} »`), button("Retirer", () => { keepText(shelf, kept.filter((other) => other !== one)); offer(); }, `Retirer « ${one.name} »`));
    list.append(line);
  }
  const naming = document.createElement("form");
  const label = Object.assign(document.createElement("label"), { textContent: "Nom de ces filtres " });
  const name = Object.assign(document.createElement("input"), { className: "fr-input", required: true, maxLength: 60 });
  label.append(name);
  naming.append(label, Object.assign(document.createElement("button"), { type: "submit", className: "fr-btn fr-btn--sm fr-btn--secondary", textContent: "Garder" }));
  naming.addEventListener("submit", (event) => {
    event.preventDefault();
    const isKept = keepText(shelf, [...kept.filter((one) => one.name !== name.value.trim()), { name: name.value.trim(), search: location.search }]);
    news.textContent = isKept ? "Ces filtres sont gardés." : "Ce navigateur ne garde rien.";
    offer();
  });
  details.append(summary, list, ...(new URLSearchParams(location.search).size ? [naming] : []));
  form.parentElement.querySelector(".qp-saved")?.remove();
  if (kept.length || naming.parentElement) form.after(details);
}

function button(textContent, act, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "fr-btn fr-btn--sm fr-btn--tertiary-no-outline", textContent });
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

async function copy(address, name) {
  await navigator.clipboard?.writeText(address).catch(() => null);
  news.textContent = `Le lien de « ${name} » est copié.`;
}

if (form && place()) {
  news.setAttribute("role", "status");
  form.after(news);
  form.classList.add("qp-filters--live");
  if (fold && window.matchMedia("(max-width: 48em)").matches) fold.open = false;
  form.addEventListener("change", (event) => { if (event.target.name && event.target.type !== "search") later(0); });
  form.addEventListener("input", (event) => { if (event.target.matches("[type=text], [type=search]")) later(TYPING_MS); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("a[data-chip]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const field = form.elements.namedItem(chip.dataset.chip);
    if (field) field.value = "";
    load(new URL(chip.href).search).then(() => (place().querySelector("a[data-chip]") ?? form.querySelector("input, select"))?.focus());
  });
  remember();
  offer();
}
