/* Everything that makes the present screen hard to read or to reach, as one sentence each. */
(() => {
  const LARGE_TEXT_PX = 24;
  const BOLD_LARGE_TEXT_PX = 18.7;
  const found = [];
  const main = document.querySelector(".kiosk-main");
  if (main.scrollHeight > main.clientHeight + 1) found.push(`the screen scrolls by ${main.scrollHeight - main.clientHeight}`);

  const step = document.querySelector(".car-step, .shelter-step");
  if (step && step.scrollHeight > step.clientHeight + 1) found.push(`the step scrolls by ${step.scrollHeight - step.clientHeight}`);

  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
  };
  for (const button of [...document.querySelectorAll("button")].filter(visible)) {
    const box = button.getBoundingClientRect();
    if (box.height < 56 || box.width < 56) found.push(`${button.innerText}: smaller than 56 px`);
    if (box.top < innerHeight / 3) found.push(`${button.innerText}: above the lower two thirds`);
  }

  const texts = [...document.querySelectorAll(".kiosk *")].filter((element) => visible(element) && element.innerText && !element.children.length);
  for (const element of texts) {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= LARGE_TEXT_PX || (size >= BOLD_LARGE_TEXT_PX && Number(style.fontWeight) >= 700);
    const contrast = contrastOf(rgb(style.color), backgroundOf(element));
    if (size < 20) found.push(`${element.innerText}: ${size} px`);
    if (contrast < (isLarge ? 3 : 4.5)) found.push(`${element.innerText}: contrast ${contrast.toFixed(1)}`);
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`${element.innerText}: beyond the side`);
    if (element.scrollWidth > element.clientWidth + 1 && style.display !== "inline") found.push(`${element.innerText}: cut`);
  }
  const blocks = texts.filter((element) => element.matches(".screen > *, .clock > *, .press"));
  for (const [index, one] of blocks.entries()) {
    for (const other of blocks.slice(index + 1)) if (overlap(one, other)) found.push(`${one.innerText} lies on ${other.innerText}`);
  }
  return found;

  function overlap(one, other) {
    const [a, b] = [shownPart(one), shownPart(other)];
    return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }
  function shownPart(element) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const part = { left, right, top, bottom };
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowY !== "auto") continue;
      const frame = at.getBoundingClientRect();
      part.top = Math.max(part.top, frame.top);
      part.bottom = Math.min(part.bottom, frame.bottom);
    }
    return part;
  }
  function backgroundOf(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  }
  function rgb(text) {
    return text.match(/[\d.]+/g).map(Number);
  }
  function contrastOf(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
})();
