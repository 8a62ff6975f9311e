// Turns a textarea marked data-rich-text into a simple editor: bold, italic, sub-heading, lists, link.
// Without this script the textarea keeps its HTML and the form works all the same; the server cleans what it gets.
const COMMANDS = [
  { label: "Gras", icon: "fr-icon-bold", run: () => document.execCommand("bold") },
  { label: "Italique", icon: "fr-icon-italic", run: () => document.execCommand("italic") },
  { label: "Sous-titre", icon: "fr-icon-h-3", run: () => toggleBlock("H3") },
  { label: "Liste à puces", icon: "fr-icon-list-unordered", run: () => document.execCommand("insertUnorderedList") },
  { label: "Liste numérotée", icon: "fr-icon-list-ordered", run: () => document.execCommand("insertOrderedList") },
  { label: "Lien", icon: "fr-icon-link", run: (editor) => insertLink(editor) },
  { label: "Annuler", icon: "fr-icon-arrow-go-back-line", run: () => document.execCommand("undo") },
];

function toggleBlock(name) {
  const inside = document.queryCommandValue("formatBlock").toUpperCase() === name;
  document.execCommand("formatBlock", false, inside ? "P" : name);
}

function insertLink(editor) {
  const url = window.prompt("Adresse du lien (https://…)");
  if (url && /^(https?:|mailto:)/i.test(url.trim())) {
    document.execCommand("createLink", false, url.trim());
  }
  editor.focus();
}

function toolbar(editor) {
  const bar = document.createElement("div");
  bar.className = "qp-rich__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Mise en forme");
  for (const command of COMMANDS) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `fr-btn fr-btn--tertiary-no-outline fr-btn--sm ${command.icon}`;
    button.title = command.label;
    button.textContent = command.label;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      editor.focus();
      command.run(editor);
      editor.dispatchEvent(new Event("input"));
    });
    bar.append(button);
  }
  return bar;
}

function pasteAsText(event) {
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  document.execCommand("insertText", false, text);
}

function enhance(area) {
  const editor = document.createElement("div");
  editor.className = "qp-rich__text fr-input";
  editor.contentEditable = "true";
  editor.setAttribute("role", "textbox");
  editor.setAttribute("aria-multiline", "true");
  const label = document.querySelector(`label[for="${area.id}"]`);
  if (label) {
    label.id ||= `${area.id}-label`;
    editor.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.focus());
  }
  if (area.getAttribute("aria-describedby")) {
    editor.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  }
  // The value was cleaned by the server; parsing it apart runs no script.
  editor.append(...new DOMParser().parseFromString(area.value, "text/html").body.childNodes);
  document.execCommand("defaultParagraphSeparator", false, "p");
  editor.addEventListener("input", () => {
    area.value = editor.innerHTML;
  });
  editor.addEventListener("paste", pasteAsText);
  area.hidden = true;
  area.after(editor);
  editor.before(toolbar(editor));
}

for (const area of document.querySelectorAll("textarea[data-rich-text]")) {
  enhance(area);
}
