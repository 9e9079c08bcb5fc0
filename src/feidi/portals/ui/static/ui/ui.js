/* Comforts of every page. Without this file everything can still be read and every form be sent. */
(function () {
  "use strict";
  const find = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const typing = (element) => !!element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  /* toast: one line that goes away by itself; failures stay longer */
  function toast(text, milliseconds) {
    const place = find("#toasts");
    if (!place || !text) { return; }
    const line = document.createElement("div");
    line.className = "toast-line";
    line.textContent = text;
    place.appendChild(line);
    setTimeout(() => line.remove(), milliseconds || 4000);
  }
  const said = (name) => { const place = find("#toasts"); return place ? place.dataset[name] : ""; };

  /* scripts and styles that only some pages need */
  const loading = {};
  function asset(name) {
    const place = find('meta[name="feidi-assets"]');
    return place ? place.dataset[name] : "";
  }
  function loadScript(name) {
    if (!loading[name]) {
      loading[name] = new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = asset(name);
        script.onload = done;
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }
    return loading[name];
  }
  function loadStyle(name) {
    if (loading[name]) { return; }
    loading[name] = true;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = asset(name);
    document.head.appendChild(link);
  }

  /* keyboard: Ctrl-K and / go to the search box, j k Enter walk rows, Escape closes menus */
  function walkRows(step) {
    const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
    if (!rows.length) { return; }
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + step))];
    const target = find("a[href], button, input", next);
    if (target) { target.focus(); }
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      const box = find("#searchbox");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
      return;
    }
    if (event.key === "Escape") {
      all("details.menu[open]").forEach((menu) => { menu.open = false; const head = find("summary", menu); if (head) { head.focus(); } });
      const suggestions = find("#suggestions");
      if (suggestions) { suggestions.textContent = ""; }
      return;
    }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "/") {
      const box = find("#searchbox");
      if (box) { event.preventDefault(); box.focus(); }
    } else if (event.key === "j") { walkRows(1); } else if (event.key === "k") { walkRows(-1); }
  });
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) { menu.open = false; } });
  });

  window.feidi = { toast, loadScript, loadStyle, find, all, said };
  document.addEventListener("DOMContentLoaded", () => document.dispatchEvent(new CustomEvent("feidi:ready")));
})();
