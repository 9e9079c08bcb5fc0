// Nobody is signed in any more: what doors keep in this browser for a lost line goes. Scans that still wait stay for the
// day, they name nobody (door.js).
(() => {
  if ("caches" in window) {
    caches.keys().then((names) => names.filter((each) => each.startsWith("feidi-door:")).forEach((each) => caches.delete(each)));
  }
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.getRegistrations().then((found) => found
      .filter((each) => new URL(each.scope).pathname.endsWith("/door/"))
      .forEach((each) => each.unregister()));
  }
})();
