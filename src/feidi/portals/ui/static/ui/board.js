/* The board: dragging a card asks the server to move it. What it refuses is explained, and the card goes back.
   Without this file the form below the filter leads to the page that moves the chosen card. */
(function () {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board || !board.hasAttribute("data-movable") || !window.feidi) { return; }
  const { find, all, toast, said, loadScript } = window.feidi;
  const form = find("#board-move");
  const dialog = find("#board-refusal");

  const column = (code) => all("[data-column]", board).find((each) => each.dataset.column === code);

  function explain(html) {
    find("[data-body]", dialog).innerHTML = html;
    if (!dialog.open) { dialog.showModal(); }
  }
  /* what the page would show after a reload stands in the answer: both columns, whole */
  function renew(html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    all("[data-column]", made.content).forEach((fresh) => {
      const old = column(fresh.dataset.column);
      if (!old) { return; }
      old.replaceWith(fresh);
      if (window.htmx) { window.htmx.process(fresh); }
      sortable(fresh);
    });
    toast(find("[data-said]", made.content).textContent);
  }
  function move(uid, to) {
    const body = new FormData(form);
    body.set("to", to);
    const token = JSON.parse(document.body.getAttribute("hx-headers"));
    return fetch(form.dataset.move.replace("UID", uid), { method: "POST", body, headers: { "X-Requested-With": "board", ...token }, credentials: "same-origin" })
      .then((answer) => answer.text().then((html) => ({ ok: answer.ok, refused: answer.status === 409, html })));
  }

  function dropped(event) {
    const card = event.item;
    const from = event.from;
    const before = from.children[event.oldIndex] || null;
    const back = () => { card.removeAttribute("aria-busy"); from.insertBefore(card, before === card ? null : before); };
    const to = event.to.closest("[data-column]").dataset.column;
    if (event.to === from) { return; }
    card.setAttribute("aria-busy", "true");
    move(card.dataset.card, to).then((answer) => {
      if (answer.ok) { renew(answer.html); return; }
      back();
      if (answer.refused) { explain(answer.html); } else { toast(said("failed"), 8000); }
    }, () => { back(); toast(said("failed"), 8000); });
  }
  function sortable(place) {
    const list = find("[data-cards]", place);
    if (!list || !window.Sortable) { return; }
    window.Sortable.create(list, { group: "board", sort: false, draggable: "[data-card]", filter: "input", preventOnFilter: false, forceFallback: true, fallbackTolerance: 4, delay: 250, delayOnTouchOnly: true, scroll: true, onEnd: dropped });
  }

  form.addEventListener("submit", (event) => {
    const chosen = find("[name=uid]:checked", board);
    if (!chosen) { return; }
    event.preventDefault();
    const uid = chosen.value;
    move(uid, form.elements.to.value).then((answer) => {
      delete form.dataset.sent;
      if (answer.ok) {
        renew(answer.html);
        const card = find('[data-card="' + uid + '"] input', board);
        if (card) { card.focus(); }
      } else if (answer.refused) { explain(answer.html); } else { toast(said("failed"), 8000); }
    }, () => toast(said("failed"), 8000));
  });
  loadScript("sortable").then(() => { all("[data-column]", board).forEach(sortable); board.dataset.ready = "1"; });
})();
