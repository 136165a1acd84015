/* Collects what a code scanner types: faster than fingers, and ended with Enter. Fields keep what is typed into them. */
(() => {
  const LONGEST_GAP_MS = 250;
  const SHORTEST = 2;
  let typed = "";
  let last = 0;

  function end(event) {
    if (typed.length >= SHORTEST) {
      event.preventDefault();
      event.stopPropagation();
      document.querySelector(".kiosk")?.dispatchEvent(new CustomEvent("scanned", { detail: typed }));
    }
    typed = "";
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, textarea")) return;
    if (event.timeStamp - last > LONGEST_GAP_MS) typed = "";
    last = event.timeStamp;
    if (event.key === "Enter") end(event);
    else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) typed += event.key;
  }, true);
})();
