// Dragging over free half-hours of one room picks them all; without it each is a link that books one step.
(() => {
  const table = document.querySelector("[data-rooms]");
  if (!table) return;
  let from = null;
  const slots = (row) => [...row.querySelectorAll("a[data-from]")];
  const clear = () => table.querySelectorAll("a.picked").forEach((each) => each.classList.remove("picked"));
  const between = (row, one, other) => {
    const all = slots(row);
    const [a, b] = [all.indexOf(one), all.indexOf(other)].sort((x, y) => x - y);
    const found = all.slice(a, b + 1);
    const whole = found.every((each, n) => n === 0 || found[n - 1].dataset.until === each.dataset.from);
    return whole ? found : [one];
  };
  table.addEventListener("pointerdown", (event) => {
    const slot = event.target.closest("a[data-from]");
    if (!slot || event.pointerType === "touch") return;
    event.preventDefault();
    from = slot;
    clear();
    slot.classList.add("picked");
  });
  table.addEventListener("pointerover", (event) => {
    const slot = event.target.closest("a[data-from]");
    if (!from || !slot || slot.closest("tr") !== from.closest("tr")) return;
    clear();
    between(from.closest("tr"), from, slot).forEach((each) => each.classList.add("picked"));
  });
  document.addEventListener("pointerup", () => {
    if (!from) return;
    const picked = [...table.querySelectorAll("a.picked")];
    from = null;
    if (!picked.length) return;
    const address = new URL(picked[0].href);
    address.searchParams.set("until", picked[picked.length - 1].dataset.until);
    window.location.assign(address);
  });
  table.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { from = null; clear(); }
  });
})();
