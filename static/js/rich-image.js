// The panel by which an image enters a text: the file, the words that stand for it, then where the caret was.
import { ask, ours, told } from "./saving.js";

const PATIENCE_MS = 120_000;

function field(label, input, hint) {
  const group = Object.assign(document.createElement("div"), { className: input.type === "file" ? "fr-upload-group" : "fr-input-group" });
  const name = Object.assign(document.createElement("label"), { className: "fr-label", htmlFor: input.id, textContent: label });
  name.append(Object.assign(document.createElement("span"), { className: "fr-hint-text", textContent: hint }));
  group.append(name, input);
  return group;
}

function press(words, className, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: `fr-btn fr-btn--sm ${className}`, textContent: words });
  made.addEventListener("click", act);
  return made;
}

/** The panel of an editor: `open()` shows it, `changed()` is called once an image is in the text. */
export function imagePanel(address, editor, changed) {
  const element = Object.assign(document.createElement("div"), { id: "image-panel", className: "qp-rich__panel fr-hidden" });
  const file = Object.assign(document.createElement("input"), { type: "file", id: "image-file", className: "fr-upload", accept: ".png,.jpg,.jpeg" });
  const words = Object.assign(document.createElement("input"), { type: "text", id: "image-words", className: "fr-input", maxLength: 300 });
  const error = Object.assign(document.createElement("p"), { className: "fr-error-text fr-hidden" });
  const buttons = Object.assign(document.createElement("div"), { className: "qp-toolbar" });
  let place = null;
  let opener = null;
  error.setAttribute("role", "alert");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Ajouter une image");

  function close() {
    element.classList.add("fr-hidden");
    opener?.setAttribute("aria-expanded", "false");
    file.value = words.value = "";
    say("");
    editor.focus();
  }

  function say(sentence) {
    error.textContent = sentence;
    error.classList.toggle("fr-hidden", !sentence);
  }

  async function send(event) {
    if (!file.files.length || !words.value.trim()) {
      say(file.files.length ? "Dites ce que l’image montre : ce texte la remplace pour qui ne la voit pas." : "Choisissez une image.");
      (file.files.length ? words : file).focus();
      return;
    }
    const body = new FormData();
    body.append("file", file.files[0]);
    body.append("alternative", words.value.trim());
    event.target.disabled = true;
    try {
      const answer = await told(await ask(address, { method: "POST", headers: ours(), body }, PATIENCE_MS));
      if (answer?.outcome === "saved") {
        insert(answer.url, words.value.trim());
        close();
      } else {
        say(answer?.sentence || "L’image n’a pas été reçue : elle est peut-être trop lourde. Réessayez.");
      }
    } catch {
      say("Le réseau ne répond pas : l’image n’est pas partie. Réessayez.");
    }
    event.target.disabled = false;
  }

  /** Where the caret was, or at the end of the text. */
  function insert(url, alternative) {
    const image = Object.assign(document.createElement("img"), { alt: alternative });
    image.setAttribute("src", url);
    const paragraph = document.createElement("p");
    paragraph.append(image);
    const block = place && [...editor.children].find((child) => child.contains(place));
    block ? block.after(paragraph) : editor.append(paragraph);
    changed();
  }

  buttons.append(press("Insérer l’image", "", send), press("Annuler", "fr-btn--tertiary", close));
  element.append(error, field("Image", file, "Une photo ou un schéma, en JPEG ou PNG. 10 Mo au plus."), field("Texte de remplacement", words, "Ce que l’image montre, pour qui ne la voit pas."), buttons);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && event.target === words) {
      event.preventDefault();
      buttons.firstElementChild.click();
    }
  });
  return {
    element,
    id: element.id,
    openedBy(button) { opener = button; },
    open() {
      const selection = document.getSelection();
      place = editor.contains(selection.anchorNode) ? selection.anchorNode : null;
      element.classList.remove("fr-hidden");
      opener?.setAttribute("aria-expanded", "true");
      file.focus();
    },
  };
}
