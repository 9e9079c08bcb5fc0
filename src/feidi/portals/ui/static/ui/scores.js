// A scoring sheet that survives a lost line: what is typed is kept in this browser under a name of its own (nonce) and the
// revision it began from, sent as soon as there is a line, and sent again under the same name until it is answered. One
// saving is under way at a time; a sheet changed elsewhere since is shown, never overwritten unasked.
(() => {
  const form = document.querySelector("form[data-scores]");
  if (!form || !window.fetch) return;
  const key = "feidi-scores:" + form.dataset.scores;
  const fields = Array.from(form.querySelectorAll("[name^='p-'], [name='remark']"));
  const said = form.querySelector("[data-scores-said]");
  const choice = form.querySelector("[data-scores-choice]");
  const total = form.querySelector("[data-scores-total]");
  let base = Number(form.elements.base.value);
  let memory = {};
  let busy = false;
  let later = 0;

  function read() {
    try { memory = JSON.parse(localStorage.getItem(key) || "{}"); } catch { /* a full or closed store: this page remembers */ }
    return memory;
  }
  function write(state) {
    memory = state;
    try {
      if (state.going || state.waiting) localStorage.setItem(key, JSON.stringify(state)); else localStorage.removeItem(key);
    } catch { /* as above */ }
  }
  function name() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  }
  function tell(words, wrong) {
    said.textContent = words;
    said.className = "score-said " + (wrong ? "wrong" : "hint");
  }
  function values() {
    return Object.fromEntries(fields.map((each) => [each.name, each.value.trim()]));
  }
  function put(given) {
    fields.forEach((each) => { if (each.name in given) each.value = given[each.name]; });
    add();
  }
  function add() {
    const sum = fields.filter((each) => each.name !== "remark").reduce((all, each) => all + (Number(each.value) || 0), 0);
    total.textContent = form.dataset.total + " " + Math.round(sum * 100) / 100;
  }
  function keep(lock) {
    write({ ...read(), waiting: { nonce: name(), values: values(), lock } });
    flush();
  }
  async function send(item) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    Object.entries(item.values).forEach(([field, value]) => body.set(field, value));
    body.set("nonce", item.nonce);
    body.set("base", item.base);
    body.set("act", item.lock ? "lock" : "save");
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected || !(answer.headers.get("content-type") || "").includes("json")) throw new Error("no answer");
    return answer.json();
  }
  function lockUp() {
    form.querySelectorAll("input, textarea, button").forEach((each) => { each.disabled = true; });
    tell(form.dataset.locked, false);
    const next = form.querySelector("[data-scores-next]");
    if (next) { next.hidden = false; next.querySelector("a").focus(); }
  }
  function ask(answer) {
    const mine = document.createElement("button");
    const theirs = document.createElement("button");
    mine.type = theirs.type = "button";
    mine.className = theirs.className = "btn";
    mine.textContent = form.dataset.mine;
    theirs.textContent = form.dataset.theirs;
    mine.addEventListener("click", () => { base = answer.revision; choice.replaceChildren(); keep(false); });
    theirs.addEventListener("click", () => { base = answer.revision; choice.replaceChildren(); write({}); put(answer.values); tell(form.dataset.saved, false); });
    choice.replaceChildren(mine, " ", theirs);
  }
  async function flush() {
    if (busy || choice.childElementCount) return;
    busy = true;
    try {
      for (;;) {
        const state = read();
        const item = state.going || (state.waiting && { ...state.waiting, base });
        if (!item) break;
        if (!state.going) write({ going: item });
        tell(form.dataset.saving, false);
        const answer = await send(item);
        const rest = read().waiting;
        write(rest ? { waiting: rest } : {});
        if (answer.state === "saved" || answer.state === "locked") {
          base = answer.revision;
          form.elements.base.value = base;
          if (answer.state === "locked") { write({}); lockUp(); break; }
          tell(form.dataset.saved, false);
        } else {
          tell(answer.words, true);
          if (answer.state === "conflict") ask(answer);
          if (answer.state === "closed") { write({}); }
          break;
        }
      }
    } catch {
      tell(form.dataset.kept, true);
    } finally {
      busy = false;
    }
  }

  form.querySelectorAll("[data-step]").forEach((button) => {
    const field = button.parentElement.querySelector("input");
    if (field.disabled) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = (Number(field.value) || 0) + Number(button.dataset.step);
      field.value = Math.min(Math.max(next, 0), Number(field.dataset.most));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  form.addEventListener("input", () => { add(); clearTimeout(later); later = setTimeout(() => keep(false), 700); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(later);
    keep(Boolean(event.submitter && event.submitter.value === "lock"));
  });
  window.addEventListener("online", flush);
  setInterval(() => { const state = read(); if (state.going || state.waiting) flush(); }, 4000);
  const left = read();
  const newest = left.waiting || left.going;
  if (newest && !fields[0].disabled) { put(newest.values); flush(); } else { add(); }
})();
