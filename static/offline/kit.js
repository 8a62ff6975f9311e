// Offline grid of mystery tests, after survey.js in the same module: keeps tests in this browser, writes the file to send back.
const about = JSON.parse(document.getElementById("kit").textContent);
const kitForm = document.querySelector("[data-kit-form]");
const store = `qualepref-tests:${about.campaign}`;
// What is in the page is the truth; the browser's storage is a copy, which may be refused.
let memory = (() => { try { return JSON.parse(localStorage.getItem(store)) ?? []; } catch { return []; } })();
let isKept = true; // by the browser
let isSaved = true; // in a file, or by the browser
const read = () => memory;
const write = (tests) => {
  memory = tests;
  try {
    localStorage.setItem(store, JSON.stringify(tests));
    isKept = localStorage.getItem(store) === JSON.stringify(tests);
  } catch {
    isKept = false;
  }
  isSaved = isKept;
};
window.addEventListener("beforeunload", (event) => { if (!isSaved) { event.preventDefault(); event.returnValue = ""; } });
const say = (text) => { document.querySelector("[data-kit-state]").textContent = text; };
const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

/** A planned test is made once: those noted here leave the list, and come back if the test is taken away. */
function offerWhatIsLeft(tests) {
  const made = new Set(tests.map((test) => test.planned));
  for (const option of kitForm.elements.planned.options) option.disabled = option.hidden = option.value !== "" && made.has(option.value);
}

function show() {
  const tests = read();
  offerWhatIsLeft(tests);
  document.querySelector("[data-kit-count]").textContent = tests.length;
  document.querySelector("[data-kit-save]").disabled = tests.length === 0;
  const list = document.querySelector("[data-kit-list]");
  list.replaceChildren(...tests.map((test) => {
    const line = document.createElement("li");
    line.textContent = `${test.made_on.split("-").reverse().join("/")} – ${kitForm.querySelector(`[name=scenario] option[value="${test.scenario}"]`)?.textContent ?? "scénario"} `;
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "qp-kit-button", textContent: "Retirer" });
    remove.addEventListener("click", () => { write(read().filter((one) => one.key !== test.key)); show(); });
    line.append(remove);
    return line;
  }));
}

function answersOf(form) {
  const answers = {};
  for (const question of askedOf(form)) {
    const given = answersTo(form, question.dataset.question);
    if (given.length) answers[question.dataset.question.slice(2)] = given.length === 1 ? given[0] : given;
  }
  return answers;
}

kitForm.elements.planned.addEventListener("change", (event) => {
  const { scenario } = event.target.selectedOptions[0].dataset;
  if (scenario) { kitForm.elements.scenario.value = scenario; kitForm.elements.scenario.dispatchEvent(new Event("change")); }
});
kitForm.elements.scenario.addEventListener("change", (event) => {
  const { contact, instructions } = event.target.selectedOptions[0].dataset;
  document.querySelector("[data-kit-instructions]").textContent = [instructions, contact].filter(Boolean).join(" – ");
});
kitForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = kitForm.elements;
  write([...read(), {
    key: newKey(), planned: fields.planned.value, scenario: fields.scenario.value, made_on: fields.made_on.value,
    tester: fields.tester.value, duration: fields.duration.value === "" ? null : Number(fields.duration.value), answers: answersOf(kitForm),
    sent_at: fields.sent_at?.value ?? "", replied_at: fields.replied_at?.value ?? "",
  }]);
  const tester = fields.tester.value;
  const day = fields.made_on.value;
  kitForm.reset();
  fields.tester.value = tester;
  fields.made_on.value = day;
  document.querySelector("[data-kit-instructions]").textContent = "";
  settle(kitForm);
  show();
  say(isKept ? `Test noté : ${read().length} dans ce navigateur.` : `Test noté dans cette page seulement (${read().length}) : ce navigateur ne garde rien, enregistrez le fichier avant de fermer.`);
  document.querySelector("#faits").scrollIntoView();
});
document.querySelector("[data-kit-save]").addEventListener("click", () => {
  const content = new Blob([JSON.stringify({ ...about, tests: read() }, null, 1)], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: `tests-${about.campaign}.json` });
  link.click();
  isSaved = true;
  say("Fichier enregistré : renvoyez-le à la préfecture qui vous a invité.");
});
const timer = document.querySelector("[data-timer]");
let startedAt = null;
timer.addEventListener("click", () => {
  if (startedAt === null) { startedAt = Date.now(); timer.textContent = "Arrêter le chronomètre"; return; }
  kitForm.querySelector("[data-timer-field]").value = Math.round((Date.now() - startedAt) / 1000);
  startedAt = null;
  timer.textContent = "Démarrer le chronomètre";
});
kitForm.elements.made_on.value = new Date().toLocaleDateString("sv-SE");
show();
