// The form being filled in, kept while its page reloads: a hand that pulls the screen down loses nothing.
// It lasts no longer than the tablet waits for a silent person, and goes with the tab.

const NAME = "enquetes-borne-en-cours";
const LIFE_MS = 60_000;

/** Keeps the answers and the question shown. */
export function keepDraft(form, question) {
  const answers = [...new FormData(form)].filter(([name]) => name.startsWith("q-"));
  const draft = { address: location.href.split("#")[0], question, answers, at: Date.now() };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(draft));
  } catch {
    // a browser that keeps nothing starts the form again
  }
}

export function dropDraft() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // nothing was kept
  }
}

/** Puts back what was being answered on this page a moment ago; the name of its question, or nothing. */
export function takeUpDraft(form) {
  const draft = kept();
  dropDraft();
  if (!draft || draft.address !== location.href.split("#")[0] || Date.now() - draft.at > LIFE_MS) return "";
  for (const [name, value] of draft.answers) {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const choice = fields.find((field) => field.type !== "textarea" && field.value === value);
    if (choice) choice.checked = true;
    else if (fields[0]?.type === "textarea") fields[0].value = value;
  }
  return draft.question;
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME));
  } catch {
    return null;
  }
}
