// The page of a door without a line: a clean copy of it (no names of guests) and what it is drawn with are kept in this
// browser, for a day at most, for this door alone. The line always comes first; what is kept answers only without one.
// The page that serves this file writes four values before it: DOOR, SHELL, VERSION, ASSETS.
/* global DOOR, SHELL, VERSION, ASSETS */
(() => {
  "use strict";
  const PREFIX = "feidi-door:";
  const NAME = PREFIX + DOOR + ":" + VERSION;
  const DAY = 24 * 3600 * 1000;
  const FRESH = 10 * 60 * 1000;
  const PATIENCE = 5000;
  const KEPT_AT = "x-feidi-kept-at";

  const age = (answer) => Date.now() - Number(answer.headers.get(KEPT_AT) || 0);
  const store = () => caches.open(NAME);
  const answers = (answer) => answer.ok && !answer.redirected;

  async function keepShell() {
    const answer = await fetch(SHELL, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!answers(answer)) { await caches.delete(NAME); return; }
    const headers = new Headers(answer.headers);
    headers.set(KEPT_AT, String(Date.now()));
    await (await store()).put(DOOR, new Response(await answer.blob(), { status: 200, headers }));
  }
  async function keepAssets() {
    const kept = await store();
    // one that is missing must not keep the others from being there
    await Promise.allSettled(ASSETS.map(async (each) => {
      if (!(await kept.match(each))) { await kept.add(new Request(each, { credentials: "same-origin" })); }
    }));
  }
  async function forgetOthers() {
    for (const name of await caches.keys()) {
      if (!name.startsWith(PREFIX)) { continue; }
      const other = name.startsWith(PREFIX + DOOR + ":") && name !== NAME;
      const page = other ? null : (await (await caches.open(name)).keys()).find((each) => new URL(each.url).pathname.endsWith("/door/"));
      const shell = page ? await (await caches.open(name)).match(page) : null;
      if (other || (shell && age(shell) > DAY)) { await caches.delete(name); }
    }
  }
  async function keptPage() {
    const shell = await (await store()).match(DOOR);
    if (shell && age(shell) <= DAY) { return shell; }
    await caches.delete(NAME);
    return null;
  }
  async function refresh() {
    const shell = await (await store()).match(DOOR);
    if (!shell || age(shell) > FRESH) { await Promise.all([keepShell(), keepAssets()]); }
  }
  async function instead(request) {
    const kept = await keptPage();
    // another page of the door that needs a line (a walk-in's form) leads back to the door
    return kept && new URL(request.url).pathname !== DOOR ? Response.redirect(DOOR, 302) : kept;
  }
  async function page(request) {
    const line = fetch(request);
    const late = new Promise((wake) => setTimeout(wake, PATIENCE)).then(() => instead(request));
    try {
      return (await Promise.race([line, late])) || await line;
    } catch (error) {
      const kept = await instead(request);
      if (!kept) { throw error; }
      return kept;
    }
  }
  async function asset(request) {
    const kept = await (await store()).match(request);
    return kept || fetch(request);
  }

  self.addEventListener("install", (event) => event.waitUntil(
    Promise.all([keepShell(), keepAssets()]).then(() => self.skipWaiting())));
  self.addEventListener("activate", (event) => event.waitUntil(forgetOthers().then(() => self.clients.claim())));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) { return; }
    if (request.mode === "navigate") {
      event.respondWith(page(request));
      event.waitUntil(refresh().catch(() => undefined));
    } else if (ASSETS.includes(new URL(request.url).pathname)) {
      event.respondWith(asset(request));
    }
  });
})();
