// Preview of an import: a changed choice is marked until it is applied. Where there is nothing to record, the button
// that applies the choices only comes with the first choice.

const apply = document.querySelector("[data-import-apply]");
if (apply) apply.hidden = true;

document.querySelectorAll("form[data-import] select").forEach((select) => {
  select.addEventListener("change", () => {
    const row = select.closest(".qp-row");
    row?.classList.add("qp-row--chosen");
    if (apply) apply.hidden = false;
  });
});
