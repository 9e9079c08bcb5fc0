// The timer of a roadshow: minutes of pitch, minutes of questions, counted down here; over time it counts up in red.
(() => {
  const box = document.querySelector("[data-timer]");
  if (!box) return;
  const face = box.querySelector("[data-timer-face]");
  const part = box.querySelector("[data-timer-part]");
  box.querySelector("[data-timer-acts]").hidden = false;
  let ends = 0;
  let left = 0;
  let running = false;
  let name = "";

  function draw() {
    const seconds = running ? Math.round((ends - Date.now()) / 1000) : left;
    const over = seconds < 0;
    const whole = Math.abs(seconds);
    face.textContent = (over ? "+" : "") + Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
    face.toggleAttribute("data-over", over);
    if (name) part.textContent = over ? name + "　" + box.dataset.over : name;
  }
  box.querySelectorAll("[data-timer-go]").forEach((button) => button.addEventListener("click", () => {
    const pitch = button.dataset.timerGo === "pitch";
    name = pitch ? box.dataset.namePitch : box.dataset.nameQuestions;
    ends = Date.now() + Number(pitch ? box.dataset.pitch : box.dataset.questions) * 60000;
    running = true;
    draw();
  }));
  box.querySelector("[data-timer-pause]").addEventListener("click", () => {
    if (!name) return;
    if (running) left = Math.round((ends - Date.now()) / 1000); else ends = Date.now() + left * 1000;
    running = !running;
    draw();
  });
  setInterval(draw, 250);
})();
