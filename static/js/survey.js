// Public questionnaire: hides the questions that are not to be asked, and the button once pressed.
// Without this script every question is shown with the words « Répondez seulement si… », and the server sorts them out.

/** The codes answered to a question of the form. */
export function answersTo(form, name) {
  return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    .filter((input) => (input.type === "radio" || input.type === "checkbox" ? input.checked : input.value.trim()))
    .map((input) => input.value);
}

/** Whether a question is to be asked: the one it depends on is asked and has one of the right answers. */
export function isAsked(form, question) {
  const { dependsOn, dependsAnswers } = question.dataset;
  if (!dependsOn) return true;
  const parent = form.querySelector(`[data-question="${CSS.escape(dependsOn)}"]`);
  if (!parent || !isAsked(form, parent)) return !parent;
  const wanted = dependsAnswers.split(" ").filter(Boolean);
  const given = answersTo(form, dependsOn);
  return given.length > 0 && (!wanted.length || given.some((code) => wanted.includes(code)));
}

/** A key of its own for a form. Not `randomUUID`, which a browser hides from a site without TLS: a hall may have one. */
export function drawKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Shows what is to be asked, numbered without a gap; what is hidden is not sent. */
export function settle(form) {
  for (const question of form.querySelectorAll("[data-depends-on]")) {
    const asked = isAsked(form, question);
    question.hidden = !asked;
    question.disabled = !asked;
    question.querySelector("[data-condition]").hidden = true;
  }
  askedOf(form).forEach((question, rank) => { question.querySelector("[data-number]").textContent = `${rank + 1}.`; });
}

/** The questions to be asked, in order. */
export const askedOf = (form) => [...form.querySelectorAll("[data-question]")].filter((question) => !question.disabled);

for (const form of document.querySelectorAll("form[data-survey]")) {
  settle(form);
  form.addEventListener("change", () => settle(form));
  window.addEventListener("pageshow", () => settle(form));
}
