// Preview of an import: a changed choice is marked until it is applied.

document.querySelectorAll("form[data-import] select").forEach((select) => {
  select.addEventListener("change", () => {
    const row = select.closest(".qp-row");
    row?.classList.add("qp-row--chosen");
  });
});
