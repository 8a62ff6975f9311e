// The grid in entry mode: the chosen month is marked, and the keyboard goes to its form.

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = document.getElementById("saisie");
  if (event.detail.target !== panel) return;
  const link = event.detail.requestConfig?.elt;
  document.querySelectorAll(".qp-grid__m--edited").forEach((cell) => cell.classList.remove("qp-grid__m--edited"));
  link?.closest("td")?.classList.add("qp-grid__m--edited");
  panel.querySelector("input:not([type=hidden])")?.focus();
});
