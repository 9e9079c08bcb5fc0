/* The wall rotates by itself. A scene is prepared off the screen and then faded in; when the line is lost the last one
   stays and says how old it is. Arrows page, space holds, Enter goes down to the rows. */
(function () {
  "use strict";
  const source = document.getElementById("rotation");
  const stage = document.querySelector("[data-stage]");
  if (!source || !stage) { return; }
  const rotation = JSON.parse(source.textContent);
  const scenes = rotation.scenes;
  const kept = new Map();
  const state = document.querySelector("[data-state]");
  const hold = document.querySelector("[data-hold]");
  const drill = document.querySelector("[data-drill]");
  const progress = document.querySelector("[data-progress]");
  const steps = Array.from(document.querySelectorAll("[data-step]"));
  const heading = document.querySelector("[data-scene-label]");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const AHEAD = 4000, AGAIN = 10000, FRESH = 30000, PATIENCE = 8000;
  let at = rotation.at, shownAt = Date.now(), held = false, lostSince = null, asOf = new Date(), busy = false, lastTry = 0;

  const time = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
  const next = (step) => (at + step + scenes.length) % scenes.length;

  function say() {
    const said = { time: time.format(asOf), n: lostSince === null ? 0 : Math.floor((Date.now() - lostSince) / 60000) };
    const words = lostSince === null ? state.dataset.fresh : said.n < 1 ? state.dataset.justLost : state.dataset.lost;
    const text = words.replace("{time}", said.time).replace("{n}", said.n);
    if (state.textContent !== text) { state.textContent = text; }
    state.classList.toggle("is-lost", lostSince !== null);
  }
  async function fetchScene(place) {
    const scene = scenes[place], known = kept.get(scene.code), stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    lastTry = Date.now();
    try {
      const headers = known ? { "If-None-Match": known.tag } : {};
      const answer = await fetch(scene.url, { headers, cache: "no-store", redirect: "error", credentials: "same-origin", signal: stop.signal });
      const of = answer.headers.get("X-As-Of");
      if (!of || (answer.status !== 200 && answer.status !== 304)) { throw new Error(String(answer.status)); }
      if (answer.status === 200) { kept.set(scene.code, { html: await answer.text(), tag: answer.headers.get("ETag"), of: new Date(of) }); }
      else if (known) { known.of = new Date(of); }
      lostSince = null;
      return true;
    } catch (_error) {
      if (lostSince === null) { lostSince = Date.now(); }
      return false;
    } finally { clearTimeout(timer); say(); }
  }
  function put(place) {
    const scene = scenes[place], known = kept.get(scene.code);
    if (!known) { return false; }
    asOf = known.of;
    const newest = stage.lastElementChild;
    if (newest && newest.dataset.tag === known.tag) { mark(place); return true; }
    const layer = document.createElement("div");
    layer.className = "wall-layer";
    layer.dataset.tag = known.tag;
    layer.innerHTML = known.html;
    stage.append(layer);
    const pictures = Array.from(layer.querySelectorAll("img"));
    Promise.all(pictures.map((each) => each.decode().catch(() => null))).then(() => {
      layer.getBoundingClientRect();
      layer.classList.add("is-here");
      const all = Array.from(stage.children), old = all.slice(0, all.indexOf(layer));
      old.forEach((each) => each.setAttribute("aria-hidden", "true"));
      setTimeout(() => old.forEach((each) => each.remove()), calm.matches ? 0 : 900);
    });
    mark(place);
    return true;
  }
  function mark(place) {
    at = place;
    shownAt = Date.now();
    heading.textContent = scenes[place].label;
    steps.forEach((each, number) => { if (number === place) { each.setAttribute("aria-current", "page"); } else { each.removeAttribute("aria-current"); } });
    offer();
    say();
  }
  function offer() {
    if (!drill) { return; }
    const layers = stage.querySelectorAll("[data-drill-url]");
    const url = layers.length ? layers[layers.length - 1].dataset.drillUrl : "";
    drill.hidden = !url;
    if (url) { drill.href = url; }
  }
  async function go(place) {
    if (busy) { return; }
    busy = true;
    await fetchScene(place);
    if (!put(place)) { shownAt = Date.now(); say(); }
    busy = false;
  }
  function keep(on) {
    held = on;
    hold.setAttribute("aria-pressed", String(on));
    hold.textContent = on ? hold.dataset.on : hold.dataset.off;
    shownAt = Date.now();
  }
  async function turn() {
    const spent = Date.now() - shownAt, long = scenes[at].seconds * 1000;
    progress.value = held ? 0 : Math.min(1000, Math.round(spent / long * 1000));
    const since = Date.now() - lastTry;
    if (busy) { return; }
    if (held || scenes.length === 1) {
      if (since > (lostSince === null ? FRESH : AGAIN)) { busy = true; if (await fetchScene(at)) { put(at); } busy = false; }
    } else if (spent > long) {
      for (let step = 1; step <= scenes.length; step += 1) { if (put(next(step))) { return; } }
      shownAt = Date.now();
    } else if (spent > Math.max(0, long - AHEAD) && since > AHEAD) {
      busy = true; await fetchScene(next(1)); busy = false;
    } else if (lostSince !== null && since > AGAIN) {
      busy = true; if (await fetchScene(at)) { put(at); } busy = false;
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    const onControl = event.target.closest && event.target.closest("a, button");
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") { event.preventDefault(); go(next(event.key === "ArrowRight" ? 1 : -1)); }
    else if (event.key === " " && !onControl) { event.preventDefault(); keep(!held); }
    else if (event.key === "Enter" && !onControl && drill && !drill.hidden) { window.location.assign(drill.href); }
  });
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]"), move = event.target.closest("[data-move]");
    if (step) { event.preventDefault(); keep(true); go(Number(step.dataset.step)); }
    if (move) { event.preventDefault(); go(next(Number(move.dataset.move))); }
  });
  hold.hidden = false;
  hold.addEventListener("click", () => keep(!held));
  window.addEventListener("online", () => { if (!busy) { go(at); } });
  setInterval(() => {
    const now = new Date();
    document.querySelector("[data-clock]").textContent = time.format(now);
    document.querySelector("[data-day]").textContent = day.format(now);
    say();
  }, 1000);
  setInterval(turn, 250);
  offer();
  go(at);
})();
