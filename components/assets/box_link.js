/* The clock shows the box's time, and the same question proves that the box still answers. */
(() => {
  const ASK_EVERY_MS = 20000;
  const ANSWER_WITHIN_MS = 5000;
  const GRACE_MS = 3000;
  let offset = null;
  let askedAt = null;
  let lastAnswer = null;
  let overdue = null;
  let lost = null;
  let minute = null;

  const clock = () => document.querySelector("[data-server-ms]");
  const page = document.documentElement;

  function ask() {
    const element = clock();
    if (!element || !window.did_handshake || !window.socket?.connected) return;
    askedAt = performance.now();
    element.dispatchEvent(new CustomEvent("sync"));
    clearTimeout(overdue);
    overdue = setTimeout(markLost, ANSWER_WITHIN_MS);
  }

  function hear(element) {
    const answer = Number(element.dataset.serverMs);
    if (answer === lastAnswer) return;
    lastAnswer = answer;
    const now = performance.now();
    const travelled = askedAt === null ? 0 : (now - askedAt) / 2;
    offset = answer + travelled - now;
    askedAt = null;
    markBack();
    tick();
  }

  function tick() {
    const element = clock();
    clearTimeout(minute);
    if (!element || offset === null) return;
    const now = offset + performance.now();
    element.querySelector(".clock-time").textContent = format(now, element, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
    element.querySelector(".clock-date").textContent = format(now, element, { month: "long", day: "numeric", weekday: "short" });
    minute = setTimeout(tick, 60000 - (now % 60000) + 20);
  }

  function format(ms, element, parts) {
    return new Intl.DateTimeFormat(element.dataset.language, { timeZone: element.dataset.zone, ...parts }).format(ms);
  }

  function markLost() {
    page.classList.add("connection-lost");
  }

  function markBack() {
    clearTimeout(overdue);
    clearTimeout(lost);
    lost = null;
    page.classList.remove("connection-lost");
  }

  function watchSocket() {
    const connected = document.getElementById("popup")?.ariaHidden !== "false";
    if (!connected && lost === null) lost = setTimeout(markLost, GRACE_MS);
    if (!connected) return;
    const wasLost = lost !== null;
    markBack();
    if (wasLost) ask();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const look = () => clock() && hear(clock());
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["data-server-ms"],
    });
    new MutationObserver(watchSocket).observe(document.getElementById("popup"), { attributeFilter: ["aria-hidden"] });
    setInterval(ask, ASK_EVERY_MS);
    setTimeout(ask, 1500);
  });
  document.addEventListener("visibilitychange", () => document.hidden || (ask(), tick()));
  // The page as it was sent carries its first texts: no name may stay behind there when the screen has forgotten it.
  window.addEventListener("load", () => document.querySelectorAll("body script:not([src])").forEach((sent) => sent.remove()));
  window.addEventListener("offline", markLost);
  window.addEventListener("online", ask);
})();
