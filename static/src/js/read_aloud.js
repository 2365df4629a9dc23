// Reads the page aloud, paragraph by paragraph, with the reader's own voices.
const button = document.querySelector("[data-read-aloud]");
const synth = window.speechSynthesis;

const pieces = () =>
  [...document.querySelectorAll("main h1, main h2, main h3, main p, main li, main dt, main dd")]
    .filter((node) => node.offsetParent !== null && !node.querySelector("p, li, dt, dd"))
    .map((node) => node.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean);

const show = (speaking) => {
  button.setAttribute("aria-pressed", String(speaking));
  button.querySelector("[data-label]").textContent = speaking ? button.dataset.stop : button.dataset.start;
};

const stop = () => {
  synth.cancel();
  show(false);
};

const start = () => {
  const texts = pieces();
  texts.forEach((text, index) => {
    const piece = new SpeechSynthesisUtterance(text);
    piece.lang = document.documentElement.lang;
    piece.rate = 0.9;
    if (index === texts.length - 1) piece.onend = () => show(false);
    synth.speak(piece);
  });
  show(true);
};

if (synth) {
  button.hidden = false;
  button.addEventListener("click", () => (synth.speaking ? stop() : start()));
  window.addEventListener("pagehide", () => synth.cancel());
}
