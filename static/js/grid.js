// The grid in entry mode: the chosen month is marked, and the keyboard goes to its form.

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = document.getElementById("saisie");
  if (event.detail.target !== panel) return;
  const link = event.detail.requestConfig?.elt;
  document.querySelectorAll(".is-edited").forEach((cell) => cell.classList.remove("is-edited"));
  link?.closest("td")?.classList.add("is-edited");
  const input = panel.querySelector("input:not([type=hidden])");
  input?.focus();
  input?.select();
});
