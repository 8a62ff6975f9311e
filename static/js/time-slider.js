// The slider of the days of change: it fills the date, then asks for that day once the hand or the key is still.
const PAUSE = 350; // milliseconds

function start(box) {
  const days = JSON.parse(document.getElementById(box.dataset.timeSlider).textContent);
  const form = box.closest("form");
  const date = form.elements.au;
  const range = box.querySelector("input");
  const output = box.querySelector("output");
  let waiting = 0;

  const tell = () => {
    const [, words, count] = days[range.value];
    output.textContent = `${words}, ${count} changement${count > 1 ? "s" : ""}`;
    range.setAttribute("aria-valuetext", output.textContent);
  };
  const place = () => {
    const after = days.findIndex(([day]) => day > date.value);
    range.value = after === -1 ? days.length - 1 : Math.max(after - 1, 0);
    tell();
  };
  range.addEventListener("input", () => {
    date.value = days[range.value][0];
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new CustomEvent("slide")), PAUSE);
  });
  date.addEventListener("change", place);
  place();
  box.hidden = false;
}

document.querySelectorAll("[data-time-slider]").forEach(start);
