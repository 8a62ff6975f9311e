// Times a mystery test into the field of its duration, in seconds; without this script the field is typed.
for (const button of document.querySelectorAll("[data-timer]")) {
  let startedAt = null;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (startedAt === null) {
      startedAt = Date.now();
      button.textContent = "Arrêter le chronomètre";
      return;
    }
    button.form.querySelector("[data-timer-field]").value = Math.round((Date.now() - startedAt) / 1000);
    startedAt = null;
    button.textContent = "Démarrer le chronomètre";
  });
}
