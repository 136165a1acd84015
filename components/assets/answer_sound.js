/* Plays the sound of an answer in the same change of the page that shows it, then tells the box that it was seen. */
(() => {
  const TONES = {
    in: [{ from: 880, to: 1320, seconds: 0.2 }],
    out: [{ from: 1175, seconds: 0.1 }, { pause: 0.08 }, { from: 1175, seconds: 0.1 }],
    neutral: [{ from: 740, seconds: 0.18 }],
    problem: [{ from: 330, seconds: 0.16 }, { pause: 0.1 }, { from: 330, seconds: 0.16 }, { pause: 0.1 }, { from: 330, seconds: 0.3 }],
  };
  const LOUDNESS = 0.5;
  const SEEN_AFTER_MS = 1000;
  const audio = new AudioContext();
  let shown = null;

  function play(name) {
    if (audio.state !== "running") return;
    let at = audio.currentTime;
    for (const part of TONES[name] ?? []) {
      if (part.pause === undefined) tone(part, at);
      at += part.pause ?? part.seconds;
    }
  }

  function tone({ from, to, seconds }, at) {
    const oscillator = new OscillatorNode(audio, { type: "triangle", frequency: from });
    const gain = new GainNode(audio, { gain: 0 });
    if (to) oscillator.frequency.exponentialRampToValueAtTime(to, at + seconds);
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
    gain.gain.setValueAtTime(LOUDNESS, at + seconds - 0.03);
    gain.gain.linearRampToValueAtTime(0, at + seconds);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }

  function look() {
    const element = document.querySelector("[data-result]");
    if (!element || element.dataset.result === shown) return;
    const first = shown === null;
    shown = element.dataset.result;
    if (shown === "") return;
    if (!first) play(element.dataset.sound);
    setTimeout(acknowledge, SEEN_AFTER_MS, shown);
  }

  // What a late burst of messages shows for an instant was seen by nobody.
  function acknowledge(result) {
    const element = document.querySelector("[data-result]");
    if (element?.dataset.result !== result || document.documentElement.classList.contains("connection-lost")) return;
    element.dispatchEvent(new CustomEvent("acknowledge", { detail: Number.parseInt(result) }));
  }

  const showState = () => document.documentElement.classList.toggle("sound-locked", audio.state !== "running");
  const unlock = () => audio.state === "running" || audio.resume();

  audio.addEventListener("statechange", showState);
  document.addEventListener("pointerdown", unlock);
  document.addEventListener("keydown", unlock);
  document.addEventListener("DOMContentLoaded", () => {
    showState();
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-result"] });
  });
})();
