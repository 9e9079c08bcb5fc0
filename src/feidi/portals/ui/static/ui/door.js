// The door of an activity without a reliable line: each scan gets a name of its own, waits in this browser until it is
// through, and is sent again under the same name; the same scan twice is one entry. Kept for a day at most, names never.
// The page itself is kept for a lost line by a service worker of the door's own (door-worker.js).
(() => {
  const form = document.querySelector("form[data-door]");
  if (!form || !window.fetch) return;
  const key = "feidi-door:" + form.dataset.door;
  const DAY = 24 * 3600 * 1000;
  const field = form.elements.code;
  const said = document.querySelector("[data-door-said]");
  const list = document.querySelector("[data-door-queue]");
  let memory = [];
  let sending = false;

  function read() {
    try { memory = JSON.parse(localStorage.getItem(key) || "[]"); } catch { /* a full or closed store: this page remembers */ }
    return memory.filter((each) => Date.now() - Date.parse(each.at) < DAY);
  }
  function write(queue) {
    memory = queue;
    try {
      if (queue.length) localStorage.setItem(key, JSON.stringify(queue)); else localStorage.removeItem(key);
    } catch { /* as above */ }
    draw(queue);
  }
  function change(nonce, values) {
    write(read().flatMap((each) => (each.nonce !== nonce ? [each] : values ? [{ ...each, ...values }] : [])));
  }
  function draw(queue) {
    list.replaceChildren(...queue.map((each) => {
      const line = document.createElement("li");
      line.dataset.nonce = each.nonce;
      line.className = each.words ? "wrong" : "hint";
      line.textContent = each.code + "　" + (each.words ? form.dataset.refused + "：" + each.words : form.dataset.sending);
      if (each.words) {
        const away = document.createElement("button");
        away.type = "button";
        away.className = "btn btn-sm";
        away.textContent = "×";
        away.setAttribute("aria-label", "× " + each.code);
        away.addEventListener("click", () => change(each.nonce, null));
        line.append(" ", away);
      }
      return line;
    }));
  }
  function name() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  }
  function tell(words, tone) {
    said.textContent = words;
    said.className = "h3 " + tone;
  }
  function count(answer) {
    document.querySelector("[data-door-came]").textContent = answer.came;
    document.querySelector("[data-door-registered]").textContent = answer.registered;
  }

  async function send(scan) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    ["nonce", "code", "door", "way"].forEach((each) => body.set(each, scan[each]));
    if (scan.letIn) body.set("let_in", "1");
    body.set("scanned_at", scan.at);
    const answer = await fetch(form.dataset.scan, { method: "POST", body, headers: { Accept: "application/json" } });
    const signedOut = answer.redirected || answer.status === 403;
    if (signedOut || !(answer.headers.get("content-type") || "").includes("json")) {
      throw new Error(signedOut ? form.dataset.signedOut : form.dataset.kept);
    }
    return answer.json();
  }
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      for (const scan of read().filter((each) => !each.words)) {
        const answer = await send(scan);
        count(answer);
        if (answer.state === "refused") {
          if (answer.ask && Date.now() - Date.parse(scan.at) < 15000) {
            change(scan.nonce, null);
            field.value = scan.code;
            form.submit();
            return;
          }
          change(scan.nonce, { words: answer.words });
          tell(scan.code + "　" + answer.words, "wrong");
        } else {
          change(scan.nonce, null);
          tell((answer.state === "in" ? "✓ " : "！") + answer.name + "　" + answer.words, "");
        }
      }
    } catch (error) {
      tell(error.message === form.dataset.signedOut ? error.message : form.dataset.kept, "wrong");
    } finally {
      sending = false;
    }
  }
  function take(code, way, letIn = false) {
    write([...read(), { nonce: name(), code, door: form.elements.door.value, way, letIn, at: new Date().toISOString() }]);
    flush();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = field.value.trim();
    if (!code) return;
    const letIn = form.elements.let_in;
    take(code, "", Boolean(letIn && letIn.checked));
    if (letIn) letIn.checked = false;
    field.value = "";
    field.focus();
  });
  document.querySelectorAll("form[data-door-plain]").forEach((each) => each.addEventListener("submit", (event) => {
    event.preventDefault();
    take(each.elements.code.value, "list");
    each.closest("[data-door-several]").remove();
    field.focus();
  }));
  form.elements.nonce.value = name();
  if ("serviceWorker" in navigator) {
    const { worker, scope } = form.dataset;
    navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" }).catch(() => { /* without it the queue still works */ });
  }
  window.addEventListener("online", flush);
  window.addEventListener("pageshow", () => { write(read()); if (read().length) flush(); });
  setInterval(() => { if (read().some((each) => !each.words)) flush(); }, 10000);

  const button = document.querySelector("[data-door-camera]");
  const video = document.querySelector("[data-door-video]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      button.hidden = true;
      return;
    }
    video.hidden = false;
    await video.play();
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    let at = 0;
    setInterval(async () => {
      const found = await detector.detect(video).catch(() => []);
      const text = found.length ? found[0].rawValue : "";
      if (!text || (text === last && Date.now() - at < 4000)) return;
      [last, at] = [text, Date.now()];
      const code = text.includes("code=") ? text.split("code=").pop().split("&")[0] : text;
      take(code, "scan");
    }, 300);
  });
})();
