// Drop a file on the zone instead of browsing; the chosen file's name is said. Without script the field works alone.
for (const zone of document.querySelectorAll("[data-upload-zone]")) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector("[data-upload-chosen]");
  const announce = () => {
    const names = [...input.files].map((file) => file.name).join(", ");
    chosen.textContent = names ? `Fichier choisi : ${names}` : "";
  };
  const highlight = (event, isOver) => {
    event.preventDefault();
    zone.classList.toggle("qp-upload--over", isOver);
  };
  zone.addEventListener("dragover", (event) => highlight(event, true));
  zone.addEventListener("dragleave", (event) => highlight(event, false));
  zone.addEventListener("drop", (event) => {
    highlight(event, false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  input.addEventListener("change", announce);
}
