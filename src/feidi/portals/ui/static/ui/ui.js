/* Comforts of every page. Without this file everything can still be read and every form be sent. */
(function () {
  "use strict";
  const find = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const typing = (element) => !!element && (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) || (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type)));

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
    const target = find("a[href]", next) || find("button, input", next);
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

  /* copy: 复制微信文本; falls back to showing the text when the browser forbids it (WeChat, plain http) */
  function copyByHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "visually-hidden";
    document.body.appendChild(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    area.remove();
    return done;
  }
  function showText(button, text) {
    const known = find("textarea", button.parentElement);
    const area = known || document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.rows = 4;
    area.className = "form-control";
    area.setAttribute("aria-label", said("copyFailed"));
    if (!known) { button.parentElement.appendChild(area); }
    area.select();
    toast(said("copyFailed"), 8000);
  }
  function copy(button) {
    const text = button.dataset.copy;
    const finished = (done) => { if (done) { toast(said("copied")); } else { showText(button, text); } };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(() => finished(true), () => finished(copyByHand(text)));
    } else { finished(copyByHand(text)); }
  }

  /* lists: pick all, count what is picked */
  function countPicked() {
    const picked = all("[data-pick]:checked").length;
    all("[data-picked]").forEach((place) => {
      if (place.dataset.plain === undefined) { place.dataset.plain = place.textContent; }
      place.textContent = picked ? place.dataset.text.replace("{n}", picked) : place.dataset.plain;
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy],[data-close-menu],[data-print],[data-back]");
    if (!button) { return; }
    if (button.dataset.copy !== undefined) { copy(button); }
    if (button.dataset.print !== undefined) { window.print(); }
    if (button.dataset.back !== undefined) { window.history.back(); }
    if (button.dataset.closeMenu !== undefined) { const menu = button.closest("details"); menu.open = false; find("summary", menu).focus(); }
  });

  /* a form with a field called "method" (签署方式) hides its own: ask the attribute */
  const isPost = (form) => (form.getAttribute("method") || "").toLowerCase() === "post";
  /* forms: warn before leaving unsaved input, send once, refuse files that are too large before sending them */
  let unsaved = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) { unsaved = true; } });
  window.addEventListener("beforeunload", (event) => { if (unsaved) { event.preventDefault(); event.returnValue = ""; } });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent && isPost(form) && !form.hasAttribute("hx-post")) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
    if (form.matches("[data-guard]")) { unsaved = false; }
  });
  /* what was typed is not lost when the session has ended meanwhile: kept in this tab until a page says that it was saved */
  const KEPT = "feidi.typed";
  const goesTo = (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname;
  const reader = () => { const name = find(".topbar-name"); return name ? name.textContent : ""; };
  const fields = (form) => all("input[name], textarea[name], select[name]", form).filter((each) => !/^(hidden|password|file|submit|button)$/.test(each.type));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-guard]") || !isPost(form)) { return; }
    const typed = fields(form).map((each) => [each.name, each.value, each.type === "checkbox" || each.type === "radio" ? each.checked : null]);
    try { window.sessionStorage.setItem(KEPT, JSON.stringify({ path: goesTo(form), who: reader(), typed })); } catch (error) { /* no room: nothing is kept */ }
  });
  function putBack(form, typed) {
    fields(form).forEach((each) => {
      const known = typed.find((one) => one[0] === each.name && (one[2] === null || one[1] === each.value));
      if (!known) { return; }
      if (known[2] === null) { each.value = known[1]; } else { each.checked = known[2]; }
      if (each.tomselect) { each.tomselect.sync(); }
    });
    unsaved = true;
  }
  function offerTyped() {
    let kept = null;
    try { kept = JSON.parse(window.sessionStorage.getItem(KEPT)); } catch (error) { return; }
    if (!kept) { return; }
    if (document.body.classList.contains("plain")) {
      /* the page to sign in, or the one that says that the form was too old: it was not saved */
      if (find("[data-lost], input[type=password]")) { window.sessionStorage.setItem(KEPT, JSON.stringify(Object.assign(kept, { lost: true }))); }
      return;
    }
    const form = find("main form[data-guard]");
    window.sessionStorage.removeItem(KEPT);
    if (!kept.lost || !form || kept.path !== goesTo(form) || kept.who !== reader()) { return; }
    const bar = document.createElement("div");
    bar.className = "alert alert-info typed-before";
    bar.setAttribute("role", "status");
    bar.append(said("typed") + " ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = said("putBack");
    button.addEventListener("click", () => { putBack(form, kept.typed); bar.remove(); const first = fields(form)[0]; if (first) { first.focus(); } });
    bar.append(button);
    form.before(bar);
  }
  document.addEventListener("DOMContentLoaded", () => {
    offerTyped();
    all("[data-back]").forEach((each) => { each.hidden = false; });
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
  function showFiles(box) {
    const input = find('input[type="file"]', box);
    const names = find(".upload-names", box);
    const files = Array.from(input.files);
    const large = files.filter((file) => file.size > Number(box.dataset.limit));
    const size = (bytes) => (bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB");
    names.textContent = large.length ? large[0].name + "：" + box.dataset.tooLarge : files.map((file) => file.name + "（" + size(file.size) + "）").join("、");
    names.classList.toggle("wrong", large.length > 0);
    input.setCustomValidity(large.length ? box.dataset.tooLarge : "");
  }
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("[data-pick-all]")) { all("[data-pick]", target.closest("table")).forEach((each) => { each.checked = target.checked; }); }
    if (target.matches("[data-pick],[data-pick-all]")) { countPicked(); }
    if (target.matches("[data-auto-submit]")) { target.form.requestSubmit(); }
    const box = target.closest("[data-upload]");
    if (box && target.type === "file") { showFiles(box); }
  });
  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    const box = event.target.closest && event.target.closest("[data-upload]");
    if (!box) { return; }
    event.preventDefault();
    box.classList.toggle("upload-over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length) {
      const input = find('input[type="file"]', box);
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }));

  /* parts that need a library: charts and long choices; also after htmx has put something in */
  function enliven(root) {
    if (find("[data-chart]", root)) { loadScript("echarts").then(() => loadScript("charts")).then(() => window.feidi.drawCharts(root)); }
    const choices = all("select[data-search]:not(.tomselected)", root);
    if (choices.length) {
      loadStyle("tomSelectStyle");
      loadScript("tomSelect").then(() => choices.forEach((each) => {
        new window.TomSelect(each, { maxOptions: 200, plugins: each.multiple ? ["remove_button"] : [] });
        each.setAttribute("aria-hidden", "true");
      }));
    }
  }
  document.addEventListener("htmx:load", (event) => enliven(event.detail.elt));
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "refusal") { return; }
    const box = find(".refusal", event.target);
    if (box) { box.scrollIntoView({ block: "center" }); box.focus(); }
  });
  document.addEventListener("htmx:oobAfterSwap", () => all("#toasts .toast-line").forEach((line) => setTimeout(() => line.remove(), 4000)));
  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = find("#refusal");
    const quiet = event.detail.elt.matches("#searchbox, .job");
    if (place && !quiet) { place.textContent = ""; }
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => toast(said("failed"), 8000)));

  /* the rail is a dialog with a name only while it is open on a phone */
  document.addEventListener("show.bs.offcanvas", (event) => event.target.setAttribute("aria-label", event.target.dataset.label || ""));
  document.addEventListener("hidden.bs.offcanvas", (event) => event.target.removeAttribute("aria-label"));

  window.feidi = { toast, loadScript, loadStyle, find, all, said };
  document.addEventListener("DOMContentLoaded", () => { if (!window.htmx) { enliven(document); } });
})();
