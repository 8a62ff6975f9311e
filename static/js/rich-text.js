// Turns a textarea marked data-rich-text into a simple editor: bold, italic, sub-heading, lists, link, image.
// Without this script the textarea keeps its HTML and the form works all the same; the server cleans what it gets.
import { imagePanel } from "./rich-image.js";
import { broughtFromPaste } from "./rich-paste.js";

const COMMANDS = [
  { label: "Gras", icon: "fr-icon-bold", state: "bold", run: () => document.execCommand("bold") },
  { label: "Italique", icon: "fr-icon-italic", state: "italic", run: () => document.execCommand("italic") },
  { label: "Sous-titre", icon: "fr-icon-h-3", run: () => toggleBlock("H3") },
  { label: "Liste à puces", icon: "fr-icon-list-unordered", state: "insertUnorderedList", run: () => document.execCommand("insertUnorderedList") },
  { label: "Liste numérotée", icon: "fr-icon-list-ordered", state: "insertOrderedList", run: () => document.execCommand("insertOrderedList") },
  { label: "Lien", icon: "fr-icon-link", run: () => insertLink() },
  { label: "Annuler la dernière frappe", icon: "fr-icon-arrow-go-back-line", run: () => document.execCommand("undo") },
];

function toggleBlock(name) {
  const inside = document.queryCommandValue("formatBlock").toUpperCase() === name;
  document.execCommand("formatBlock", false, inside ? "P" : name);
}

function insertLink() {
  const url = (window.prompt("Adresse du lien (https://…)") || "").trim();
  if (/^(https?:|mailto:)/i.test(url)) {
    document.execCommand("createLink", false, url);
  } else if (url) {
    window.alert("L’adresse doit commencer par https:// ou mailto: ; le lien n’est pas posé.");
  }
}

function button(command, editor) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `fr-btn fr-btn--tertiary-no-outline fr-btn--sm ${command.icon}`;
  made.title = command.label;
  made.textContent = command.label;
  made.tabIndex = -1;
  if (command.state) {
    made.setAttribute("aria-pressed", "false");
  }
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays in the text
  made.addEventListener("click", () => {
    editor.focus();
    command.run();
    editor.dispatchEvent(new Event("input"));
  });
  return made;
}

// One stop for the Tab key; the arrows, Home and End go from button to button.
function moveInside(event) {
  const buttons = [...event.currentTarget.children];
  const here = buttons.indexOf(event.target);
  const goal = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (goal === undefined) {
    return;
  }
  event.preventDefault();
  const next = buttons[(goal + buttons.length) % buttons.length];
  for (const other of buttons) {
    other.tabIndex = other === next ? 0 : -1;
  }
  next.focus();
}

function toolbar(editor) {
  const bar = document.createElement("div");
  bar.className = "qp-rich__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Mise en forme du texte");
  bar.append(...COMMANDS.map((command) => button(command, editor)));
  bar.firstElementChild.tabIndex = 0;
  bar.addEventListener("keydown", moveInside);
  document.addEventListener("selectionchange", () => {
    if (editor.contains(document.getSelection().anchorNode)) {
      COMMANDS.forEach((command, i) => command.state && bar.children[i].setAttribute("aria-pressed", document.queryCommandState(command.state)));
    }
  });
  return bar;
}

/** Word’s headings, lists, tables and links come in our forms; anything else as its words. */
function paste(event) {
  event.preventDefault();
  const html = event.clipboardData.getData("text/html");
  const brought = html && broughtFromPaste(html);
  document.execCommand(...(brought ? ["insertHTML", false, brought] : ["insertText", false, event.clipboardData.getData("text/plain")]));
}

function name(editor, area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label) {
    label.id ||= `${area.id}-label`;
    editor.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.focus());
  }
  if (area.getAttribute("aria-describedby")) {
    editor.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  }
}

function enhance(area) {
  const editor = document.createElement("div");
  editor.className = "qp-rich__text fr-input";
  editor.contentEditable = "true";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  name(editor, area);
  // The value was cleaned by the server; parsing it apart runs no script.
  const show = () => editor.replaceChildren(...new DOMParser().parseFromString(area.value, "text/html").body.childNodes);
  show();
  area.form?.addEventListener("filled", show);
  document.execCommand("defaultParagraphSeparator", false, "p");
  editor.addEventListener("input", () => {
    area.value = editor.innerHTML;
  });
  editor.addEventListener("paste", paste);
  area.classList.add("fr-hidden");
  const bar = toolbar(editor);
  area.after(bar, editor);
  const source = area.form?.querySelector("[data-rich-image]");
  if (source) {
    const panel = imagePanel(source.href, editor, () => editor.dispatchEvent(new Event("input")));
    const opens = button({ label: "Image", icon: "fr-icon-attachment-line", run: () => panel.open() }, editor);
    opens.setAttribute("aria-expanded", "false");
    opens.setAttribute("aria-controls", panel.id);
    bar.append(opens);
    panel.openedBy(opens);
    bar.after(panel.element);
    source.closest("p").remove();
  }
}

for (const area of document.querySelectorAll("textarea[data-rich-text]")) {
  enhance(area);
}
