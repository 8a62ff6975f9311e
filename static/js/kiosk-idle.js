// A tablet left alone returns to the start: a question after 40 seconds without a sign, the start after 60.
// Twenty seconds to answer the question: less is refused to slow hands (WCAG 2.2.1). A touch anywhere answers it.

const WARNING_MS = 40_000;
const RETURN_MS = 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart", "focusin"];

/** `isStarted()` tells whether somebody is answering; `leave()` goes back to the start. */
export function watchIdle(dialog, { isStarted, leave }) {
  let last = performance.now(); // not the clock, which the network may set
  const touched = () => { last = performance.now(); };
  SIGNS.forEach((sign) => document.addEventListener(sign, () => { if (!dialog.open) touched(); }, { passive: true }));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", touched);
  window.setInterval(() => {
    if (!isStarted()) {
      touched();
      return;
    }
    const idle = performance.now() - last;
    if (idle >= RETURN_MS) {
      dialog.close();
      leave();
    } else if (idle >= WARNING_MS && !dialog.open) {
      dialog.showModal();
    }
  }, 1_000);
}
