// Preview of an import: says how many lists were changed and wait for « Relire ». Without script the buttons work alone.
const form = document.querySelector("form[data-import]");
if (form) {
  const pending = form.querySelector("[data-import-pending]");
  const changed = new Set();
  form.addEventListener("change", (event) => {
    if (event.target.tagName !== "SELECT") return;
    const initial = [...event.target.options].find((option) => option.defaultSelected) ?? event.target.options[0];
    changed[event.target.value === initial.value ? "delete" : "add"](event.target);
    if (pending) pending.textContent = changed.size ? `${changed.size} choix à relire` : "";
  });
}
document.querySelector("[data-error-summary]")?.focus();
