// The cells of the grid as the ARIA pattern wants them: one of them in the tab order, a block chosen with Shift, what a
// spreadsheet copied laid from the chosen cell on.

const ROWS = "tbody tr[data-row]";

/** [row, month] of a cell, as the server knows them. */
export const cellsOf = (cell) => [Number(cell.parentElement.dataset.row), Number(cell.id.split("-")[1])];

/** Lines of cells of a text that a spreadsheet copied: tabs between cells, quotes around what holds a line break. */
export function read(text) {
  const lines = [[""]];
  let isQuoted = false;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean[at];
    const line = lines.at(-1);
    if (isQuoted) {
      if (sign !== '"') line[line.length - 1] += sign;
      else if (clean[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
      else isQuoted = false;
    } else if (sign === '"' && line.at(-1) === "") isQuoted = true;
    else if (sign === "\t") line.push("");
    else if (sign === "\n") lines.push([""]);
    else line[line.length - 1] += sign;
  }
  return lines.map((line) => line.map((cell) => cell.replace(/\s+/g, " ").trim()));
}

/** Which cell is under the hands, and the block chosen with it. */
export class Selection {
  constructor(table) {
    this.table = table;
    this.cell = null;
    this.anchor = null;
    this.onMove = () => {};
    table.setAttribute("role", "grid");
    table.setAttribute("aria-multiselectable", "true");
    table.setAttribute("aria-describedby", "grille-aide");
    this.prepare();
    table.addEventListener("focusin", ({ target }) => {
      const cell = target.closest("td");
      if (cell && target === cell && cell !== this.cell) this.go(cell);
    });
  }

  get rows() { return [...this.table.querySelectorAll(ROWS)]; }
  monthsOf(row) { return [...row.cells].filter((cell) => /^c\d+-\d+$/.test(cell.id)); }
  has(cell) { return /^c\d+-\d+$/.test(cell.id); }
  hasFocus() { return Boolean(this.cell?.contains(document.activeElement)); }

  /** Links are no stops of their own; one cell is. */
  prepare() {
    for (const row of this.rows) for (const cell of this.monthsOf(row)) this.ready(cell);
    const first = this.cell ?? this.table.querySelector("td[data-edit].is-shown") ?? this.table.querySelector("td[data-edit]");
    if (first) first.tabIndex = 0;
  }

  ready(cell) {
    cell.tabIndex = -1;
    if (!("edit" in cell.dataset)) cell.setAttribute("aria-readonly", "true");
    cell.querySelectorAll("a").forEach((link) => { link.tabIndex = -1; });
  }

  /** A cell that the server has drawn again takes the place of the one it was. */
  restore(id, hadFocus) {
    this.prepare();
    const cell = id && document.getElementById(id);
    if (!cell) return;
    this.cell = cell;
    this.anchor = this.anchor && document.getElementById(this.anchor.id);
    this.table.querySelectorAll("td[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    this.mark();
    if (hadFocus) cell.focus({ preventScroll: true });
  }

  go(cell, isWide = false) {
    const former = this.cell ?? this.table.querySelector("td[tabindex='0']");
    if (former) former.tabIndex = -1;
    this.anchor = isWide ? this.anchor ?? this.cell : null;
    this.cell = cell;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.mark();
    this.onMove(cell);
  }

  focus() { this.cell?.focus({ preventScroll: true }); }

  mark() {
    this.table.querySelectorAll("[aria-selected]").forEach((cell) => cell.removeAttribute("aria-selected"));
    this.cells.forEach((cell) => cell.setAttribute("aria-selected", "true"));
  }

  at(cell) {
    const row = cell.parentElement;
    return [this.rows.indexOf(row), this.monthsOf(row).indexOf(cell)];
  }

  /** Whether there was somewhere to go. */
  move(down, right, isWide = false) {
    const [row, month] = this.at(this.cell);
    const rows = this.rows;
    const next = rows[Math.max(0, Math.min(rows.length - 1, row + down))];
    const cells = this.monthsOf(next).filter((cell) => cell.offsetParent);
    const here = cells.indexOf(this.monthsOf(next)[month]);
    const cell = cells[Math.max(0, Math.min(cells.length - 1, here + right))];
    if (!cell || cell === this.cell) return false;
    this.go(cell, isWide);
    return true;
  }

  /** To the next cell to enter, on this row or the next ones; false at the end, where Tab leaves the grid. */
  step(by) {
    const all = [...this.table.querySelectorAll("td[data-edit]")].filter((cell) => cell.offsetParent);
    const next = all[all.indexOf(this.cell) + by];
    if (!next) return false;
    this.go(next);
    return true;
  }

  end(isLast) {
    const rows = this.rows;
    const cells = this.monthsOf(isLast ? rows.at(-1) : rows[0]).filter((cell) => cell.offsetParent);
    this.go(isLast ? cells.at(-1) : cells[0]);
  }

  /** The chosen block, line by line. */
  get lines() {
    if (!this.cell) return [];
    const [one, other] = [this.at(this.cell), this.at(this.anchor ?? this.cell)];
    const [top, bottom] = [Math.min(one[0], other[0]), Math.max(one[0], other[0])];
    const [left, right] = [Math.min(one[1], other[1]), Math.max(one[1], other[1])];
    return this.rows.slice(top, bottom + 1).map((row) => this.monthsOf(row).slice(left, right + 1));
  }

  get cells() { return this.lines.flat(); }

  /** [cell, text] of a block laid from the first chosen cell on, without a cell beyond the grid; one text fills the whole block chosen. */
  lay(lines) {
    const [chosen] = this.lines;
    if (!chosen) return [];
    if (lines.length === 1 && lines[0].length === 1) return this.cells.map((cell) => [cell, lines[0][0]]);
    const [top, left] = this.at(chosen[0]);
    const rows = this.rows;
    return lines.flatMap((line, down) => line.map((text, right) => [rows[top + down] && this.monthsOf(rows[top + down])[left + right], text]));
  }

  nameOf(cell) {
    const row = cell.parentElement.querySelector("th a")?.textContent ?? "";
    const head = this.table.querySelector(`thead th[data-month="${cell.id.split("-")[1]}"] abbr`)?.title ?? "";
    return `${row}, ${head}`;
  }
}
