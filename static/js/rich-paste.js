// What Word and the web put on the clipboard, brought to the forms of our texts before it is inserted. The server does
// the same again, and is the one that decides what is kept.
const KEPT = { P: "p", BR: "br", STRONG: "strong", B: "strong", EM: "em", I: "em", UL: "ul", OL: "ol", LI: "li", BLOCKQUOTE: "blockquote", TABLE: "table", THEAD: "thead", TBODY: "tbody", TR: "tr", TH: "th", TD: "td", CAPTION: "caption", H1: "h3", H2: "h3", H3: "h3", H4: "h4", H5: "h4", H6: "h4" };
const DROPPED = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "HEAD", "XML", "OBJECT", "IFRAME", "TEMPLATE", "NOSCRIPT", "IMG", "SVG"]);
const ITEM = /mso-list:\s*l\d+\s+level\d+/i;
const MARKER = /mso-list:\s*ignore/i;
const ORDERED = /^\(?(\d+|[a-z])[.)]/i;

const styleOf = (node) => node.getAttribute?.("data-style") ?? "";
const isItem = (node) => node.nodeName === "P" && (ITEM.test(styleOf(node)) || /\bMsoListParagraph/i.test(node.className));

/** The children of a node in our forms, added to `target`. */
function bring(node, target) {
  let list = null;
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      target.append(child.data.replace(/\s+/g, " "));
      list = child.data.trim() ? null : list;
    } else if (child.nodeType === Node.ELEMENT_NODE && !DROPPED.has(child.nodeName.toUpperCase()) && !MARKER.test(styleOf(child))) {
      list = isItem(child) ? item(child, list, target) : (one(child, target), null);
    }
  }
}

function one(node, target) {
  if (node.nodeName === "A" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "")) {
    return made("a", node, target).setAttribute("href", node.getAttribute("href"));
  }
  const title = node.nodeName === "P" && /\bMso(Title|Subtitle)\b/i.test(node.className);
  const name = title ? "h3" : KEPT[node.nodeName];
  if (!name) {
    return bring(node, target); // its words stay
  }
  const kept = made(name, node, target);
  for (const span of ["colspan", "rowspan"]) {
    if ((name === "td" || name === "th") && node.hasAttribute(span)) kept.setAttribute(span, node.getAttribute(span));
  }
}

function made(name, node, target) {
  const kept = document.createElement(name);
  bring(node, kept);
  if (name !== "p" || kept.textContent.trim()) target.append(kept);
  return kept;
}

/** A paragraph that Word shows as an item: in the list under way, or in a new one. */
function item(node, list, target) {
  const marker = [...node.querySelectorAll("span")].find((span) => MARKER.test(styleOf(span)));
  const name = ORDERED.test(marker?.textContent.trim() ?? "") ? "ol" : "ul";
  const here = list?.localName === name ? list : target.appendChild(document.createElement(name));
  made("li", node, here);
  return here;
}

/** The styles, which our policy of content refuses even in a page that is only read, kept aside to tell the lists. */
function unstyled(html) {
  const plain = html.replace(/<!\[(if|endif)[^\]]*\]>/gi, "").replace(/<style\b[^]*?<\/style>/gi, "");
  return plain.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

/** The HTML to insert; empty where the paste holds nothing but words. */
export function broughtFromPaste(html) {
  const page = new DOMParser().parseFromString(unstyled(html), "text/html");
  const target = document.createElement("div");
  bring(page.body, target);
  for (const table of target.querySelectorAll("table")) {
    if (!table.querySelector("th")) {
      for (const cell of [...(table.querySelector("tr")?.children ?? [])]) {
        const head = document.createElement("th");
        head.scope = "col";
        head.append(...cell.childNodes);
        cell.replaceWith(head);
      }
    }
  }
  return target.children.length ? target.innerHTML.trim() : "";
}
