// « Ma saisie »: each cell is saved when it changes or on Enter; the server says what became of it.
// Without this script every cell has its own « Enregistrer » button.

const NEEDS_REASON = new Set(["suspended", "closed", "unavailable"]);
const FIGURES = ["numerator", "denominator", "value"];

const field = (form, name) => form.elements.namedItem(name);
const text = (form, name) => (field(form, name)?.value ?? "").trim();
const status = (form) => form.querySelector(".qp-cell__status");

/** What would be sent, without what changes by itself. */
function signature(form) {
  return [...FIGURES, "state", "reason", "comment", "amendment_reason"].map((name) => text(form, name)).join("\u0001");
}

/** The field still to be filled before the cell can be saved, or null. */
function lacking(form) {
  const state = text(form, "state");
  if (state) return NEEDS_REASON.has(state) && !text(form, "reason") ? "reason" : null;
  const numerator = text(form, "numerator");
  const denominator = text(form, "denominator");
  if (numerator && !denominator) return "denominator";
  if (denominator && !numerator) return "numerator";
  if (numerator || text(form, "value")) return null;
  return field(form, "numerator") ? "numerator" : "value";
}

function save(form) {
  form.dataset.signature = signature(form);
  htmx.trigger(form, "save");
}

/** A figure and a reason for having none exclude each other: the last one typed stays. */
function settle(form, name) {
  if (name === "state" && text(form, "state")) {
    FIGURES.forEach((figure) => { if (field(form, figure)) field(form, figure).value = ""; });
  } else if (FIGURES.includes(name) && text(form, name)) {
    field(form, "state").value = "";
    if (name === "value") ["numerator", "denominator"].forEach((count) => { if (field(form, count)) field(form, count).value = ""; });
    else if (field(form, "value")) field(form, "value").value = "";
  }
}

function next(form) {
  const forms = [...document.querySelectorAll("form[data-entry]")];
  const following = forms[forms.indexOf(form) + 1];
  const target = following?.querySelector("input:not([type=hidden])") ?? document.querySelector("[data-entry-end]:not([hidden])");
  target?.focus();
  target?.select?.();
}

function say(form, sentence, kind) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = sentence;
  status(form).replaceChildren(line);
}

function count() {
  const forms = [...document.querySelectorAll("form[data-entry]")];
  const shown = document.querySelector("[data-entry-count]");
  if (!shown) return;
  const done = forms.filter((form) => "entered" in form.dataset).length;
  shown.textContent = `${done} sur ${forms.length}`;
  document.getElementById("progression").value = done;
  document.querySelector("[data-entry-end]").hidden = done !== forms.length;
}

function settled(form) {
  const outcome = status(form).querySelector("[data-outcome]");
  form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  const advance = form.dataset.advance;
  delete form.dataset.advance;
  if (outcome?.dataset.outcome === "saved") {
    form.dataset.entered = "";
    delete form.dataset.unsaved;
    count();
    if (advance) next(form);
    return;
  }
  form.dataset.unsaved = "";
  if (outcome?.dataset.field) {
    const wrong = field(form, outcome.dataset.field);
    wrong?.setAttribute("aria-invalid", "true");
    wrong?.setAttribute("aria-describedby", status(form).id);
    if (advance) wrong?.focus();
  } else if (advance) {
    // On the question, never on a button: the next Enter of a fast typist must not answer it.
    outcome?.focus();
  }
}

/** Cells save themselves: their button only stays where saving must be meant (closed month). */
function prepare(root) {
  root.querySelectorAll("form[data-entry]:not([data-explicit]) [data-entry-save]").forEach((button) => { button.hidden = true; });
  root.querySelectorAll("form[data-entry]").forEach((form) => { form.dataset.signature ??= signature(form); });
}

const entryOf = (target) => target.closest?.("form[data-entry]");

document.addEventListener("change", (event) => {
  const form = entryOf(event.target);
  if (!form) return;
  settle(form, event.target.name);
  if ("explicit" in form.dataset) return;
  const missing = lacking(form);
  if (missing === "reason") {
    form.dataset.unsaved = "";
    say(form, "Indiquez la raison : sans elle, cet état n’est pas enregistré.", "qp-cell__error");
    field(form, "reason").focus();
  }
  if (!missing && signature(form) !== form.dataset.signature) save(form);
});

document.addEventListener("keydown", (event) => {
  const form = entryOf(event.target);
  if (!form || event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  settle(form, event.target.name);
  const missing = lacking(form);
  if (missing && missing !== event.target.name) {
    field(form, missing).focus();
  } else if (signature(form) === form.dataset.signature && "entered" in form.dataset && !("unsaved" in form.dataset)) {
    next(form);
  } else {
    form.dataset.advance = "1";
    save(form);
  }
});

document.addEventListener("click", (event) => {
  const correct = event.target.closest?.("[data-entry-correct]");
  if (!correct) return;
  event.preventDefault();
  const form = entryOf(correct);
  const input = field(form, "numerator") ?? field(form, "value");
  input.focus();
  input.select();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.("form[data-entry]")) return;
  form.querySelector("output")?.replaceChildren();
  say(form, "Enregistrement…", "qp-muted");
});
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (form?.matches?.("form[data-entry]")) settled(form);
  prepare(document);
});
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const form = event.detail.elt;
    if (!form.matches?.("form[data-entry]")) return;
    form.dataset.unsaved = "";
    delete form.dataset.advance;
    say(form, "Pas enregistré : la connexion a échoué. Appuyez sur Entrée pour réessayer.", "qp-cell__error");
  });
}

// A figure refused, asked about or without its reason is not saved: leaving asks first.
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-entry][data-unsaved]")) event.preventDefault();
});

prepare(document);
