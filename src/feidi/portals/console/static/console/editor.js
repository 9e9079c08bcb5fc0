/* The editor of texts: line numbers beside the text, and a jump to the line that a remark names.
   Without this file a remark leads to an excerpt below that shows the line with its number. */
(function () {
  "use strict";
  const text = document.querySelector("textarea[data-lines]");
  if (!text) { return; }

  const box = document.createElement("div");
  const gutter = document.createElement("div");
  box.className = "editor";
  gutter.className = "editor-lines code-text";
  gutter.setAttribute("aria-hidden", "true");
  text.replaceWith(box);
  box.append(gutter, text);

  let shown = 0;
  let marked = 0;
  function number() {
    const lines = text.value.split("\n").length;
    if (lines === shown) { return; }
    shown = lines;
    const rows = document.createDocumentFragment();
    for (let line = 1; line <= lines; line += 1) {
      const row = document.createElement("div");
      row.textContent = line;
      rows.append(row);
    }
    gutter.replaceChildren(rows);
    mark(marked);
  }
  function mark(line) {
    marked = line;
    gutter.querySelectorAll(".editor-here").forEach((each) => each.classList.remove("editor-here"));
    const row = gutter.children[line - 1];
    if (row) { row.classList.add("editor-here"); }
  }
  const follow = () => { gutter.scrollTop = text.scrollTop; };

  function jump(line) {
    const lines = text.value.split("\n");
    const at = Math.min(Math.max(line, 1), lines.length);
    const start = lines.slice(0, at - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const height = parseFloat(getComputedStyle(text).lineHeight) || 20;
    text.focus();
    text.setSelectionRange(start, start + lines[at - 1].length);
    text.scrollTop = Math.max(0, (at - 1) * height - text.clientHeight / 3);
    text.scrollLeft = 0;
    follow();
    mark(at);
    box.scrollIntoView({ block: "nearest" });
  }

  text.addEventListener("input", number);
  text.addEventListener("scroll", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) { return; }
    event.preventDefault();
    jump(Number(link.dataset.line));
  });
  number();
  follow();
}());
